import type { RouteProblem } from '../../../../common/shapes/route.ts';
import { Button } from '../../parts/button.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useProfile } from '../../profile/profile-store.ts';
import { openSettings } from '../../shell/route.ts';
import { preflightTexts } from '../../text/preflight.ts';
import { useText } from '../../text/text.ts';
import { useProblemWords } from './problem-words.ts';
import { ProveSender } from './prove-sender.tsx';

/** Why this sender cannot be used, or may be mistrusted, and the way out. */
export function SenderProblem({
  problem,
  from,
  onSolved,
}: {
  problem: RouteProblem;
  from: string;
  onSolved: () => void;
}) {
  const t = useText(preflightTexts);
  const { identities } = useProfile();
  const { message, action } = useProblemWords(problem);
  const identity = identities.find(({ address }) => address.toLowerCase() === from.toLowerCase());
  const refused = problem.severity === 'refuse';
  const { name, value } = problem.params;
  return (
    <div
      className={refused ? 'note note-warning' : 'note'}
      role={refused ? 'alert' : undefined}
      data-testid="sender-problem"
      data-reason={problem.reason}
    >
      <Icon name={refused ? 'warning' : 'info'} size={17} />
      <div>
        <p>
          {refused ? <strong>{t('refused')} </strong> : null}
          {message}
        </p>
        {action === null ? null : <p>{action}</p>}
        {typeof name === 'string' && typeof value === 'string' ? (
          <CopyText label={t('copy-record')} done={t('copied')} text={value} />
        ) : null}
        {problem.reason === 'sender-unverified' && identity !== undefined ? (
          <ProveSender identity={identity} onSolved={onSolved} />
        ) : (
          <div className="note-buttons">
            {problem.remedy === 'dmarc-other-account' ? (
              <Button icon="plus" onClick={() => openSettings('accounts', 'new')}>
                {t('add-account')}
              </Button>
            ) : identity === undefined ? null : (
              <Button
                icon="settings"
                data-testid="sending-settings"
                onClick={() => openSettings('accounts', identity.account, 'edit')}
              >
                {t('sending-settings')}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
