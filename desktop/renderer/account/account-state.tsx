import type { Account } from '../../../common/shapes/account.ts';
import type { CheckEvent } from '../../../common/shapes/event.ts';
import { Icon } from '../parts/icon.tsx';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';

/** Whether somebody has to do something, or at least should know. */
export function isBad(account: Pick<Account, 'state'>): boolean {
  return account.state === 'failing' || account.state === 'needs-sign-in';
}

/** The state in two words. */
export function StateBadge({ account, running }: { account: Account; running: CheckEvent | undefined }) {
  const t = useText(settingsTexts);
  const bad = isBad(account);
  const look = running !== undefined ? '' : bad ? 'badge-bad' : account.state === 'ok' ? 'badge-good' : '';
  return (
    <span className={`badge ${look}`}>
      {bad && running === undefined ? <Icon name="warning" size={14} /> : null}
      {running !== undefined
        ? t(`phase-${running.phase === 'retrieving' ? 'retrieving' : 'connecting'}`)
        : t(`state-${account.state}`)}
    </span>
  );
}
