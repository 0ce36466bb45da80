import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../../../common/shapes/account.ts';
import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { lookAgain, preflightQuery } from '../../composer/preflight/preflight.ts';
import { ProveSender } from '../../composer/preflight/prove-sender.tsx';
import { useProblemWords } from '../../composer/preflight/problem-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { useProfile } from '../../profile/profile-store.ts';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';

/** Whether receivers will take mail of this account that Valija delivers itself; known for what is saved. */
export function RelayVerdict({ account }: { account: Account | null }) {
  const t = useText(accountTexts);
  const from = account?.send.way === 'relay' ? account.email : null;
  const { data } = useQuery({
    ...preflightQuery({ from: from ?? '', to: [] }),
    enabled: from !== null,
    staleTime: 0,
  });
  if (data === undefined) return null;
  const problem = data.problems.find(({ address }) => address === null);
  if (problem !== undefined) return <Verdict problem={problem} from={from ?? ''} />;
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
