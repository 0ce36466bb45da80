import type { DraftContent } from '../../../common/shapes/draft.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { composerTexts } from '../text/composer.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';

/** Neither a subject nor anything to read or see. */
export function hasNoWords({ subject, text, html }: DraftContent): boolean {
  return subject.trim() === '' && text.trim() === '' && !/<img\b/i.test(html ?? '');
}

/** Asked before such a mail is sent: mostly the key was hit too early. */
export function AskEmpty({ onYes, onNo }: { onYes: () => void; onNo: () => void }) {
  const t = useText(composerTexts);
  const shell = useText(shellTexts);
  return (
    <Dialog title={t('ask-empty')} closeLabel={shell('close')} onClose={onNo}>
      <footer className="dialog-foot">
        <Button onClick={onNo}>{shell('cancel')}</Button>
        <Button look="main" onClick={onYes} data-testid="send-empty">
          {t('send')}
        </Button>
      </footer>
    </Dialog>
  );
}
