import { useState } from 'react';
import type { SendStatus } from '../../../common/shapes/status.ts';
import { Button } from '../parts/button.tsx';
import { changeQueued } from '../sending/queued.ts';
import { statusTexts } from '../text/status.ts';
import { useText } from '../text/text.ts';

/** For a recipient that waits in the relay's queue: try it at once, or give it up. */
export function QueuedActions({ send, address }: { send: SendStatus; address: string }) {
  const t = useText(statusTexts);
  const [busy, setBusy] = useState(false);
  const act = (action: 'retry' | 'cancel'): void => {
    setBusy(true);
    void changeQueued(send, address, action).finally(() => setBusy(false));
  };
  return (
    <div className="waiting-actions">
      <Button icon="refresh" disabled={busy} data-testid="queued-retry" onClick={() => act('retry')}>
        {t('try-now')}
      </Button>
      <Button icon="close" disabled={busy} data-testid="queued-cancel" onClick={() => act('cancel')}>
        {t('give-up')}
      </Button>
    </div>
  );
}
