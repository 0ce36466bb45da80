import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { mailTexts } from '../../text/mail.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';

/** Asked before mails are deleted for ever. */
export function AskForEver({ count, onYes, onNo }: { count: number; onYes: () => void; onNo: () => void }) {
  const t = useText(mailTexts);
  const shell = useText(shellTexts);
  return (
    <Dialog title={t('for-ever-title')} closeLabel={shell('close')} onClose={onNo}>
      <div className="dialog-body">
        <p>{t('for-ever', { n: count })}</p>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onNo}>{shell('cancel')}</Button>
        <Button look="danger" onClick={onYes}>
          {t('delete-for-ever')}
        </Button>
      </footer>
    </Dialog>
  );
}
