import type { ReactNode } from 'react';
import type { Problem } from '../session/problem.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemBox } from './states.tsx';

/** A dialog whose fields are given by one button, or by Enter; closing it changes nothing. */
export function FormDialog({
  title,
  yes,
  testId,
  formTestId,
  busy = false,
  ready = true,
  problem = null,
  byBrowser = false,
  wide = false,
  more = null,
  children,
  onSubmit,
  onClose,
}: {
  title: string;
  /** What the button says. */
  yes: string;
  /** Of the button. */
  testId?: string;
  formTestId?: string;
  busy?: boolean;
  /** Whether there is something to give. */
  ready?: boolean;
  problem?: Problem | null;
  /** The browser checks what has to be filled in. */
  byBrowser?: boolean;
  wide?: boolean;
  /** Further buttons, before the others. */
  more?: ReactNode;
  children: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}) {
  const t = useText(shellTexts);
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose} wide={wide}>
      <form
        noValidate={!byBrowser}
        aria-busy={busy}
        data-testid={formTestId}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
      >
        <div className="dialog-body">
          {children}
          <ProblemBox problem={problem} />
        </div>
        <footer className="dialog-foot">
          {more}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="main" type="submit" aria-disabled={busy} disabled={!ready} data-testid={testId}>
            {yes}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
