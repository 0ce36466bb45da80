import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { askTexts } from '../../text/ask.ts';
import { composerTexts } from '../../text/composer.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { useSenderWords } from '../sender/sender-words.ts';
import type { SenderDoubt } from '../sender/judge-sender.ts';
import type { Doubt } from './list-doubts.ts';

/** Asked before a mail is sent that may not be ready: the key was hit too early, a file forgotten, the sender overlooked. */
export function AskBefore({
  doubt,
  sender,
  onYes,
  onNo,
  onMend,
}: {
  doubt: Doubt;
  sender: SenderDoubt | null;
  onYes: () => void;
  onNo: () => void;
  /** What was doubted is put right: another sender, or files. */
  onMend: () => void;
}) {
  const t = useText(askTexts);
  const send = useText(composerTexts)('send');
  const shell = useText(shellTexts);
  const words = useSenderWords(sender);
  const mend = doubt === 'attachment' ? t('attach-now') : doubt === 'sender' ? (words?.use ?? null) : null;
  return (
    <Dialog title={t(`ask-${doubt}`)} closeLabel={shell('close')} onClose={onNo}>
      {doubt === 'empty' ? null : (
        <p className="dialog-body">{doubt === 'sender' ? words?.text : t('attachment-why')}</p>
      )}
      <footer className="dialog-foot">
        <Button onClick={onNo}>{shell('cancel')}</Button>
        <Button look={mend === null ? 'main' : 'plain'} onClick={onYes} data-testid={`send-${doubt}`}>
          {mend === null ? send : t('as-it-is')}
        </Button>
        {mend === null ? null : (
          <Button look="main" onClick={onMend} data-first data-testid="send-mend">
            {mend}
          </Button>
        )}
      </footer>
    </Dialog>
  );
}
