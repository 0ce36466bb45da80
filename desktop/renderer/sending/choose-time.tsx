import { useState } from 'react';
import { listSendPresets } from '../later/presets.ts';
import { WhenDialog } from '../later/when-dialog.tsx';
import { readClock } from '../parts/clock.ts';
import { usePreference } from '../profile/profile-store.ts';
import { laterTexts } from '../text/later.ts';
import { useText } from '../text/text.ts';

/** Asks when a mail is to leave. */
export function ChooseTime({
  start,
  onPick,
  onClose,
}: {
  /** ms; null: the first of the times to pick. */
  start: number | null;
  onPick: (at: number) => void;
  onClose: () => void;
}) {
  const t = useText(laterTexts);
  const zone = usePreference('timeZone');
  const [presets] = useState(() => listSendPresets(readClock(), zone));
  return (
    <WhenDialog
      title={t('send-later')}
      choices={presets.map(({ key, at }) => ({ key, at, label: t(`send-${key}`) }))}
      start={start ?? presets[0]?.at ?? 0}
      set={t('send-at')}
      onPick={onPick}
      onClose={onClose}
    />
  );
}
