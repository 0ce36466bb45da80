import { useState } from 'react';
import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { mailboxesQuery, queries } from '../mail/mail-cache.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { changeItem } from '../profile/change-item.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
import { shellTexts } from '../text/shell.ts';
import { say, useText } from '../text/text.ts';

/** Asks with the count; the mails go to Trash first, then the definition goes. */
export function RemoveMailbox({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const t = useText(mailboxTexts);
  const shell = useText(shellTexts);
  const [busy, setBusy] = useState(false);
  const { id, name } = mailbox;
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await storageServer().mailbox.remove.mutate({ id });
      await changeItem('mailboxes', id, null);
      await queries.invalidateQueries({ queryKey: mailboxesQuery.queryKey });
      tell({ kind: 'done', text: say(mailboxTexts, 'removed', { name }), action: null, lasts: 5000 });
    } catch (error) {
      tellProblem(toProblem(error));
    }
    onClose();
  };
  return (
    <Dialog title={t('remove-title', { name })} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body">
        <p>{t('remove-text', { n: mailbox.total })}</p>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button look="danger" disabled={busy} data-testid="mailbox-remove" onClick={() => void remove()}>
          {t('remove')}
        </Button>
      </footer>
    </Dialog>
  );
}
