import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../../../common/shapes/account.ts';
import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { ProveSender } from '../../composer/preflight/prove-sender.tsx';
import { useProblemWords } from '../../composer/preflight/problem-words.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { Icon } from '../../parts/icon.tsx';
import { useProfile } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';

/** Whether receivers will take mail of this account that Valija delivers itself; known for what is saved. */
export function RelayVerdict({ account }: { account: Account | null }) {
  const t = useText(accountTexts);
  const from = account?.send.way === 'relay' ? account.email : null;
  const { data } = useQuery({
    queryKey: ['relay-verdict', from] as const,
    enabled: from !== null,
    staleTime: 0,
    retry: false,
    queryFn: async ({ signal }) => {
      const { route } = storageServer();
      const sender = from ?? '';
      const [{ problems }, way] = await Promise.all([
        route.check.query({ from: sender, to: [] }, { signal }),
        route.explain.query({ from: sender, to: sender }, { signal }).catch(() => null),
      ]);
      return { problem: problems.find(({ address }) => address === null) ?? null, way };
    },
  });
  if (data === undefined) return null;
  if (data.problem !== null) return <Verdict problem={data.problem} from={from ?? ''} />;
  const signs = data.way?.dkim ?? null;
  return (
    <p className="note" data-testid="relay-verdict" data-good="true">
      <Icon name="check" size={17} />
      <span>{signs === null ? t('relay-fits') : t('relay-signs', { domain: signs.domain })}</span>
    </p>
  );
}

function Verdict({ problem, from }: { problem: RouteProblem; from: string }) {
  const { identities } = useProfile();
  const identity = identities.find(({ address }) => address.toLowerCase() === from.toLowerCase());
  const { message, action } = useProblemWords(problem);
  return (
    <div className="note note-warning" data-testid="relay-verdict" data-good="false">
      <Icon name="warning" size={17} />
      <div>
        <p>
          {message} {action}
        </p>
        {problem.reason === 'sender-unverified' && identity !== undefined ? (
          <ProveSender identity={identity} onSolved={lookAgain} />
        ) : null}
      </div>
    </div>
  );
}

function lookAgain(): void {
  void queries.invalidateQueries({ queryKey: ['relay-verdict'] });
}
