import { demandRoom, takeWhatFits } from '../keeping/quota/quota.ts';
import { chooseQuota } from '../keeping/quota/choose-quota.ts';
import { flagMails, moveMails, removeMails, touchMails, touchWithin } from './change/change-mails.ts';
import { ingestMails } from './ingest/ingest-mails.ts';
import { openMailPart, openRawMail } from './show/mail-bytes.ts';
import type { MailCore } from './mail-core.ts';
import type { Mails } from './mails.ts';
import { readCounter } from './mail-store.ts';
import { readMailChanges, readMailRows } from './read-mails.ts';
import { readMailPage } from './read-page.ts';
import { replaceMail } from './ingest/replace-mail.ts';
import { showMail } from './show/show-mail.ts';
import { showThread } from './threads/show-thread.ts';
import { verifyMails } from './verify-mails.ts';

/** The verbs of this folder, as the rest of the server knows them. */
export function makeMails(core: MailCore): Mails {
  return {
    ingestMails: async (user, mails, alongside) => await ingestMails(core, user, mails, alongside),
    replaceMail: async (user, id, mail, alongside) => await replaceMail(core, user, id, mail, alongside),
    readPage: async (user, query) => await readMailPage(core, user, query),
    readRows: async (user, ids) => await readMailRows(core, user, ids),
    showThread: async (user, id) => await showThread(core, user, id),
    show: async (user, id) => await showMail(core, user, id),
    flag: async (user, ids, add, remove, also) => await flagMails(core, user, ids, { add, remove }, also),
    move: async (user, ids, to, also) => await moveMails(core, user, ids, to, also),
    remove: async (user, ids, also) => await removeMails(core, user, ids, also),
    touch: async (user, ids, also) => await touchMails(core, user, ids, also),
    touchWithin: async (tx, user, ids, change) => await touchWithin(core, tx, user, ids, change),
    readChanges: async (user, since) => await readMailChanges(core, user, since),
    readModseq: async (user) => (await readCounter(core.db.read, user)).modseq,
    openRaw: async (user, id, account) => await openRawMail(core, user, id, account),
    verify: async (user, originals) => await verifyMails(core, user, originals),
    demandRoom: async (user, bytes) =>
      await demandRoom(core.db.read, user, bytes, await chooseQuota(core, user)),
    takeWhatFits: async (user, waiting, sizeOf) =>
      await takeWhatFits(core.db.read, user, waiting, sizeOf, await chooseQuota(core, user)),
    openPart: async (user, id, part) => await openMailPart(core, user, id, part),
  };
}
