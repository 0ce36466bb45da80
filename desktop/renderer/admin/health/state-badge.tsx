import type { Account } from '../../../../common/shapes/account.ts';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { settingsTexts } from '../../text/settings.ts';
import { useText } from '../../text/text.ts';

const LOOKS: Record<Account['state'], { icon: IconName; look: string }> = {
  new: { icon: 'clock', look: '' },
  ok: { icon: 'check', look: ' badge-good' },
  late: { icon: 'clock', look: ' badge-warm' },
  failing: { icon: 'warning', look: ' badge-bad' },
  'needs-sign-in': { icon: 'key', look: ' badge-bad' },
  paused: { icon: 'pause', look: '' },
};

/** An account's state in a word with a sign: the colour only repeats it. */
export function StateBadge({ state }: { state: Account['state'] }) {
  const t = useText(settingsTexts);
  const { icon, look } = LOOKS[state];
  return (
    <span className={`badge${look}`}>
      <Icon name={icon} size={13} />
      {t(`state-${state}`)}
    </span>
  );
}
