import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { toProblem } from '../session/problem.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { tell, tellProblem } from './notices.ts';

/** Asks before something goes, and closes when it has gone or when a notice says why not. */
export function RemoveDialog({
  title,
  text,
  yes,
  done,
  testId,
  remove,
  onClose,
}: {
  title: string;
  /** What will happen. */
  text: string;
  /** The button that does it. */
  yes: string;
  /** Said afterwards. */
  done: string;
  testId?: string;
  remove: () => Promise<void>;
  onClose: () => void;
}) {
  const shell = useText(shellTexts);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    try {
      await remove();
      tell({ kind: 'done', text: done, action: null, lasts: 5000 });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    onClose();
  };
  return (
    <Dialog title={title} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body">
        <p>{text}</p>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button look="danger" disabled={busy} data-testid={testId} onClick={() => void run()}>
          {yes}
        </Button>
      </footer>
    </Dialog>
  );
}
