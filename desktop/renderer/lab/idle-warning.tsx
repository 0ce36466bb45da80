import { useEffect, useRef } from 'react';
import { Button } from '../parts/button.tsx';
import { useStore } from '../parts/store.ts';
import { makeSessionStore } from '../session/forget.ts';
import { labTexts } from '../text/lab.ts';
import { useText } from '../text/text.ts';

/** Whole seconds until the sign-out; null while nobody has to be warned. */
export const secondsLeftStore = makeSessionStore<number | null>(null);

/** Said aloud at these, or whoever listens would hear nothing else. */
const SPOKEN = [60, 30, 15, 5];

/** "Are you still there?" — every key and every touch is an answer, the button too. */
export function IdleWarning({ onStay }: { onStay: () => void }) {
  const left = useStore(secondsLeftStore);
  return left === null ? null : <Warning left={left} onStay={onStay} />;
}

function Warning({ left, onStay }: { left: number; onStay: () => void }) {
  const t = useText(labTexts);
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const spoken = SPOKEN.findLast((second) => second >= left) ?? SPOKEN[0] ?? left;
  return (
    <dialog
      ref={ref}
      className="dialog"
      role="alertdialog"
      aria-labelledby="idle-title"
      aria-describedby="idle-spoken"
      data-testid="idle-warning"
      onCancel={(event) => {
        event.preventDefault();
        onStay();
      }}
    >
      <div className="dialog-box">
        <header className="dialog-head">
          <h2 id="idle-title">{t('idle-title')}</h2>
        </header>
        <div className="dialog-body">
          <p aria-hidden="true">{t('idle-left', { n: left })}</p>
          <p id="idle-spoken" className="unseen" aria-live="assertive">
            {t('idle-left', { n: spoken })}
          </p>
        </div>
        <footer className="dialog-foot">
          <Button look="main" data-testid="idle-stay" onClick={onStay}>
            {t('idle-stay')}
          </Button>
        </footer>
      </div>
    </dialog>
  );
}
