import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../../../common/shapes/account.ts';
import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { useProblemWords } from '../../composer/preflight/problem-words.ts';
import { Icon } from '../../parts/icon.tsx';
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
  if (data.problem !== null) return <Verdict problem={data.problem} />;
  const signs = data.way?.dkim ?? null;
  return (
    <p className="note" data-testid="relay-verdict" data-good="true">
      <Icon name="check" size={17} />
      <span>{signs === null ? t('relay-fits') : t('relay-signs', { domain: signs.domain })}</span>
    </p>
  );
}

function Verdict({ problem }: { problem: RouteProblem }) {
  const { message, action } = useProblemWords(problem);
  return (
    <p className="note note-warning" data-testid="relay-verdict" data-good="false">
      <Icon name="warning" size={17} />
      <span>
        {message} {action}
      </span>
    </p>
  );
}
