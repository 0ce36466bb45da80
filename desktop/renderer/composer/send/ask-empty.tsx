import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { composerTexts } from '../../text/composer.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';

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
