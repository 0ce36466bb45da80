import { MailError } from '../../../common/errors.ts';
import { PlaceChanges } from '../../mailbox/place-changes.ts';
import type { Ingest } from './ingest.ts';
import { deleteOriginals, insertOriginals, updateMail } from './ingest-store.ts';
import { makeRecord, placeOf } from './make-record.ts';
import type { MailCore } from '../mail-core.ts';
import { readLabels, unpackFlags } from '../mail-record.ts';
import { advanceCounter, findMails } from '../mail-store.ts';
import { ThreadFinder } from '../threads/thread-finder.ts';

type Replace = Ingest['replaceMail'];

/** See Ingest in ingest.ts. Only mails that were written here can be given new content. */
export async function replaceMail(
  core: MailCore,
  user: string,
  mailId: string,
  mail: Parameters<Replace>[2],
  alongside?: Parameters<Replace>[3],
): Promise<void> {
  const number = core.ids.read(user, mailId);
  const [stored] = await core.blobs.takeIn([mail.source], [mail.received]);
  if (stored === undefined) return;
  const modseq = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const [before] = await findMails(tx, user, [number]);
    if (before === undefined) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
    if (before.accounts !== '') throw new MailError('forbidden', 'received mail stays as it is');
    const flags = mail.flags ?? unpackFlags(before.flags);
    // A draft may begin to answer another mail; answers to what it becomes are found by its new Message-ID.
    const threads = await ThreadFinder.load(tx, user, [stored.digest]);
    const thread = threads.join(before.thread, stored.digest) ?? threads.keep(before.thread, stored.digest);
    const { subjectKey } = stored.digest;
    const stays = (mail.mailbox ?? before.mailbox) === before.mailbox;
    const movedAt = stays ? before.moved_at : core.clock.now();
    const row = makeRecord(
      {
        account: null,
        mailbox: mail.mailbox ?? before.mailbox,
        received: mail.received,
        flags,
        sendKey: mail.sendKey,
        labels: readLabels(before.labels),
      },
      stored,
      { id: number, modseq, thread, subjectKey, added: before.added, moved_at: movedAt },
    );
    await updateMail(tx, user, row);
    await deleteOriginals(tx, user, [number]);
    await insertOriginals(tx, user, [
      { mail: number, account: '', header: row.header, body: row.body, size: row.size, ...placeOf(row) },
    ]);
    const places = new PlaceChanges();
    await threads.save(modseq, places);
    places.replace(before, row);
    await places.save(tx, user);
    await alongside?.(tx);
    return modseq;
  });
  core.events.publish(user, { type: 'changed', modseq });
}
