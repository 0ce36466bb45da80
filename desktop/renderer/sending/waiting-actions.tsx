import { useState } from 'react';
import type { SendStatus } from '../../../common/shapes/status.ts';
import { ChooseTime } from './choose-time.tsx';
import { Button } from '../parts/button.tsx';
import { laterTexts } from '../text/later.ts';
import { useText } from '../text/text.ts';
import { changeTime, takeBack } from './change-waiting.ts';

/** What can be done with a mail that waits; with one that is only held for undo, what makes sense in those seconds. */
export function WaitingActions({ send }: { send: Pick<SendStatus, 'id' | 'state' | 'at'> }) {
  const t = useText(laterTexts);
  const [choosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const act = (work: Promise<void>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  return (
    <div className="waiting-actions">
      <Button
        icon="sent"
        disabled={busy}
        data-testid="waiting-now"
        onClick={() => act(changeTime(send.id, 'now'))}
      >
        {t('send-now')}
      </Button>
      {send.state === 'scheduled' ? (
        <Button icon="clock" disabled={busy} data-testid="waiting-change" onClick={() => setChoosing(true)}>
          {t('change-time')}
        </Button>
      ) : null}
      <Button icon="undo" disabled={busy} data-testid="waiting-back" onClick={() => act(takeBack(send.id))}>
        {t('take-back')}
      </Button>
      {choosing ? (
        <ChooseTime
          start={send.at === null ? null : Date.parse(send.at)}
          onClose={() => setChoosing(false)}
          onPick={(at) => {
            setChoosing(false);
            act(changeTime(send.id, at));
          }}
        />
      ) : null}
    </div>
  );
}
