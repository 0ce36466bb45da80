import { MailError } from '../../../common/errors.ts';
import type { SendStatus } from '../../../common/shapes/status.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { copyDraft } from '../../draft/draft-copy.ts';
import { readAttachments, readDraft, reopenDraft } from '../../draft/draft-store.ts';
import { demandStatus } from '../status/read-status.ts';
import { changeSendState, findSendByMail } from '../send-store.ts';
import type { SendingCore } from '../sending-core.ts';

/** Takes back what no relay has seen yet; the mail is a draft again. MailError `conflict` reason `already-sent` when it is too late. */
export async function cancelSend(core: SendingCore, user: string, mail: string): Promise<SendStatus> {
  const send = await findSendByMail(core.db.read, user, mail);
  if (send === null) throw new MailError('not-found', 'not sent from here', { reason: 'send' });
  if (send.state === 'cancelled') return await demandStatus(core, user, mail);
  const drafts = await core.home.findMailbox(user, 'drafts');
  const draft = await readDraft(core.db.read, user, mail);
  const takeBack = async (tx: Writer): Promise<void> => {
    if (!(await changeSendState(tx, user, mail, ['waiting'], 'cancelled'))) {
      throw new MailError('conflict', 'it is on its way already', { reason: 'already-sent' });
    }
    await reopenDraft(tx, user, mail);
  };
  if (draft === null) {
    await core.mails.touch(user, [mail], async (tx) => {
      await takeBack(tx);
      return { mailbox: drafts.id, addFlags: ['draft'] };
    });
  } else {
    const { identities } = await core.home.readProfile(user);
    const attachments = await readAttachments(core.db.read, user, mail);
    const source = await copyDraft(draft, attachments, identities);
    const row = { source, received: draft.savedAt, sendKey: null, mailbox: drafts.id };
    await core.mails.replaceMail(user, mail, { ...row, flags: ['draft', 'seen'] }, takeBack);
  }
  return await demandStatus(core, user, mail);
}
