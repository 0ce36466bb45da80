import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listSnoozePresets } from '../later/presets.ts';
import { WhenDialog } from '../later/when-dialog.tsx';
import { readClock } from '../parts/clock.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { laterTexts } from '../text/later.ts';
import { useText } from '../text/text.ts';
import { snoozeMails } from './change-snooze.ts';
import { askSnoozeStore, snoozesQuery } from './snoozes.ts';

/** Asks until when mails are put off; one that is off already gets another time. */
export function SnoozeDialog() {
  const t = useText(laterTexts);
  const asked = useStore(askSnoozeStore);
  const zone = usePreference('timeZone');
  const { data } = useQuery(snoozesQuery);
  const [presets] = useState(() => listSnoozePresets(readClock(), zone));
  if (asked === null) return null;
  const known = data?.find((one) => asked.ids.includes(one.mail.id) && one.state === 'waiting');
  const close = (): void => askSnoozeStore.set(null);
  return (
    <WhenDialog
      title={t('snooze-title')}
      choices={presets.map(({ key, at }) => ({ key, at, label: t(`snooze-${key}`) }))}
      start={known === undefined ? (presets[0]?.at ?? 0) : Date.parse(known.at)}
      set={t('snooze-set')}
      onClose={close}
      onPick={(at) => {
        close();
        asked.leave();
        void snoozeMails(asked.ids, at);
      }}
    >
      <p className="field-hint">{t('snooze-hint')}</p>
    </WhenDialog>
  );
}
