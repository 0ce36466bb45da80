import type { Account } from '../../../common/shapes/account.ts';
import { pauseFetching } from '../mail/pause.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { activityTexts } from '../text/activity.ts';
import { settingsTexts } from '../text/settings.ts';
import { useText } from '../text/text.ts';

/** What is seldom done with an account; `stopped`: a rule of the organisation lets nobody poll it. */
export function AccountMenu({
  account,
  stopped,
  onRemove,
}: {
  account: Account;
  stopped: boolean;
  onRemove: () => void;
}) {
  const t = useText(settingsTexts);
  const activity = useText(activityTexts);
  const paused = account.state === 'paused';
  const pause: MenuItem = paused
    ? { key: 'go', label: activity('resume'), icon: 'play', run: () => void pauseFetching(account, false) }
    : { key: 'pause', label: activity('pause'), icon: 'pause', run: () => void pauseFetching(account, true) };
  return (
    <Menu
      label={t('more', { account: account.email })}
      className="icon-button"
      button={<Icon name="more" />}
      items={[
        ...(stopped ? [] : [pause]),
        { key: 'remove', label: t('remove'), icon: 'trash', run: onRemove },
      ]}
    />
  );
}
