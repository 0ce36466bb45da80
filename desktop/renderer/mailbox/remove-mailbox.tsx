import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { changeItem } from '../profile/change-item.ts';
import { storageServer } from '../session/clients.ts';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import { mailboxTexts } from '../text/mailboxes.ts';
import { useText } from '../text/text.ts';

/** Asks with the count; the mails go to Trash first, then the definition goes. */
export function RemoveMailbox({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const t = useText(mailboxTexts);
  const { id, name } = mailbox;
  const remove = async (): Promise<void> => {
    await storageServer().mailbox.remove.mutate({ id });
    await changeItem('mailboxes', id, null);
  };
  return (
    <RemoveDialog
      title={t('remove-title', { name })}
      text={t('remove-text', { n: mailbox.total })}
      yes={t('remove')}
      done={t('removed', { name })}
      testId="mailbox-remove"
      remove={remove}
      onClose={onClose}
    />
  );
}
