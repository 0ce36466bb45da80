import { lazy, Suspense, useState } from 'react';
import { Button, IconButton } from '../../parts/button.tsx';
import { composerTexts } from '../../text/composer.ts';
import { useText } from '../../text/text.ts';

const SendLater = lazy(async () => ({ default: (await import('../../sending/choose-time.tsx')).ChooseTime }));

/** Send, and beside it the way to send later. */
export function SendButtons({ busy, onSend }: { busy: boolean; onSend: (at: number | null) => void }) {
  const t = useText(composerTexts);
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="send-buttons">
      <Button look="main" icon="sent" disabled={busy} data-testid="compose-send" onClick={() => onSend(null)}>
        {t('send')}
      </Button>
      <IconButton
        icon="clock"
        label={t('send-later')}
        disabled={busy}
        aria-haspopup="dialog"
        data-testid="compose-later"
        onClick={() => setChoosing(true)}
      />
      {choosing ? (
        <Suspense fallback={null}>
          <SendLater
            start={null}
            onClose={() => setChoosing(false)}
            onPick={(at) => {
              setChoosing(false);
              onSend(at);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
