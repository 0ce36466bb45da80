import { useState } from 'react';
import type { SendStatus } from '../../../../common/shapes/status.ts';
import { Button } from '../../parts/button.tsx';
import { changeQueued, type QueueAction } from './change-queued.ts';
import { statusTexts } from '../../text/status.ts';
import { useText } from '../../text/text.ts';

/** For a recipient that waits in the relay's queue: try it at once or let it go on, or give it up. */
export function QueuedActions({ send, address, held }: { send: SendStatus; address: string; held: boolean }) {
  const t = useText(statusTexts);
  const [busy, setBusy] = useState(false);
  const act = (action: QueueAction): void => {
    setBusy(true);
    void changeQueued(send, address, action).finally(() => setBusy(false));
  };
  return (
    <div className="waiting-actions">
      <Button
        icon="refresh"
        disabled={busy}
        data-testid="queued-retry"
        onClick={() => act(held ? 'release' : 'retry')}
      >
        {t('try-now')}
      </Button>
      <Button icon="close" disabled={busy} data-testid="queued-cancel" onClick={() => act('cancel')}>
        {t('give-up')}
      </Button>
    </div>
  );
}
