import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listRemindPresets } from '../later/presets.ts';
import { WhenDialog } from '../later/when-dialog.tsx';
import { readClock } from '../parts/clock.ts';
import { Check } from '../parts/field.tsx';
import { usePreference } from '../profile/profile-store.ts';
import { laterTexts } from '../text/later.ts';
import { useText } from '../text/text.ts';
import { setReminder } from './change-reminder.ts';
import { remindersQuery } from './reminders.ts';

/** Asks when to be reminded of a mail; one that waits already gets another time. */
export function RemindDialog({ mail, onClose }: { mail: string; onClose: () => void }) {
  const t = useText(laterTexts);
  const zone = usePreference('timeZone');
  const { data } = useQuery(remindersQuery);
  const known = data?.find((one) => one.mail.id === mail && one.state === 'waiting');
  const [presets] = useState(() => listRemindPresets(readClock(), zone));
  const [chosen, setChosen] = useState<boolean | null>(null);
  const unless = chosen ?? known?.unlessAnswered ?? false;
  return (
    <WhenDialog
      title={t('remind-title')}
      choices={presets.map(({ key, at }) => ({ key, at, label: t(`remind-${key}`) }))}
      start={known === undefined ? (presets[0]?.at ?? 0) : Date.parse(known.at)}
      set={t('remind-set')}
      onClose={onClose}
      onPick={(at) => {
        onClose();
        void setReminder(mail, at, unless);
      }}
    >
      <Check label={t('remind-unless')} hint={t('remind-unless-hint')} checked={unless} onPick={setChosen} />
    </WhenDialog>
  );
}
