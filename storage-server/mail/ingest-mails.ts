import type { Writer } from '../../server-kit/database/database.ts';
import type { StoredMessage } from '../blob/take-in.ts';
import { CounterChanges } from '../mailbox/counter-store.ts';
import type { Alongside, IncomingMail, IngestedMail } from './ingest.ts';
import * as store from './ingest-store.ts';
import type { MailCore } from './mail-core.ts';
import { countUnread, packFlags, splitAccounts, type MailRecord } from './mail-record.ts';
import { advanceCounter, type OriginalRecord } from './mail-store.ts';
import { ThreadFinder } from './threads.ts';

/** Everything of one batch that is to be written. */
class Batch {
  readonly rows: MailRecord[] = [];
  readonly originals: OriginalRecord[] = [];
  readonly merged = new Map<number, string>();
  readonly counters = new CounterChanges();
}

/** See Ingest in ingest.ts. */
export async function ingestMails(
  core: MailCore,
  user: string,
  mails: readonly IncomingMail[],
  alongside?: Alongside,
): Promise<IngestedMail[]> {
  if (mails.length === 0 && alongside === undefined) return [];
  const stored = await core.blobs.takeIn(
    mails.map((mail) => mail.source),
    mails.map((mail) => mail.received),
  );
  const { modseq, ingested } = await core.db.write(async (tx) => {
    const { lastId, modseq } = await advanceCounter(tx, user, mails.length);
    const ingested = await addBatch(core, tx, user, {
      mails,
      stored,
      firstId: lastId - mails.length + 1,
      modseq,
    });
    await alongside?.(tx, ingested);
    return { modseq, ingested };
  });
  core.events.publish(user, { type: 'changed', modseq });
  return ingested;
}

async function addBatch(
  core: MailCore,
  tx: Writer,
  user: string,
  input: {
    mails: readonly IncomingMail[];
    stored: readonly StoredMessage[];
    firstId: number;
    modseq: number;
  },
): Promise<IngestedMail[]> {
  const batch = new Batch();
  const threads = await ThreadFinder.load(
    tx,
    user,
    input.stored.map((message) => message.digest),
  );
  const same = await loadSame(tx, user, input.stored);
  const ingested: IngestedMail[] = [];
  for (const [index, mail] of input.mails.entries()) {
    const message = input.stored[index] as StoredMessage;
    const existing =
      (await findAdopted(core, tx, user, mail, message)) ?? mergeSame(batch, same, mail, message);
    if (existing !== null) {
      ingested.push({
        mailId: typeof existing === 'string' ? existing : core.ids.mail(user, existing),
        added: false,
      });
      continue;
    }
    const id = input.firstId + index;
    const row = makeRecord(mail, message, {
      id,
      modseq: input.modseq,
      thread: threads.assign(id, message.digest),
    });
    batch.rows.push(row);
    batch.originals.push({ mail: id, account: mail.account ?? '', ...bytesOf(message) });
    batch.counters.add(row.mailbox, { total: 1, unread: countUnread(row.flags), bytes: row.size });
    if (row.same_key !== null && mail.account !== null) rememberSame(same, row);
    ingested.push({ mailId: core.ids.mail(user, id), added: true });
  }
  await store.insertMails(
    tx,
    user,
    batch.rows.map((row) => ({ ...row, accounts: batch.merged.get(row.id) ?? row.accounts })),
  );
  await store.insertOriginals(tx, user, batch.originals);
  await threads.save(tx, user);
  const added = new Set(batch.rows.map((row) => row.id));
  for (const [mail, accounts] of batch.merged) {
    if (!added.has(mail)) await store.addAccount(tx, user, mail, { accounts, modseq: input.modseq });
  }
  await batch.counters.save(tx, user);
  return ingested;
}

function bytesOf({ header, body }: StoredMessage): { header: string; body: string; size: number } {
  return { header: header.id, body: body.id, size: header.size + body.size };
}

type Same = Map<string, Pick<MailRecord, 'id' | 'body' | 'accounts'>[]>;

/** DESIGN 5: one row with two chips only if Message-ID, From, Date, Subject and the whole body are equal. */
async function loadSame(tx: Writer, user: string, stored: readonly StoredMessage[]): Promise<Same> {
  const keys = stored.map((message) => message.digest.sameKey).filter((key) => key !== null);
  const same: Same = new Map();
  for (const row of await store.findSame(tx, user, [...new Set(keys)])) rememberSame(same, row);
  return same;
}

function rememberSame(same: Same, row: Pick<MailRecord, 'id' | 'body' | 'accounts' | 'same_key'>): void {
  const key = row.same_key ?? '';
  same.set(key, [...(same.get(key) ?? []), { id: row.id, body: row.body, accounts: row.accounts }]);
}

/** The row that takes this mail in as another original; null when it is a mail of its own. */
function mergeSame(batch: Batch, same: Same, mail: IncomingMail, message: StoredMessage): number | null {
  const { account } = mail;
  if (account === null || mail.apart === true || message.digest.sameKey === null) return null;
  const row = same.get(message.digest.sameKey)?.find((one) => {
    const accounts = splitAccounts(one.accounts);
    return one.body === message.body.id && accounts.length > 0 && !accounts.includes(account);
  });
  if (row === undefined) return null;
  row.accounts = `${row.accounts},${account}`;
  batch.merged.set(row.id, row.accounts);
  batch.originals.push({ mail: row.id, account, ...bytesOf(message) });
  return row.id;
}

async function findAdopted(
  core: MailCore,
  tx: Writer,
  user: string,
  mail: IncomingMail,
  message: StoredMessage,
): Promise<string | null> {
  if (mail.adopt === undefined || mail.account === null) return null;
  const bytes = bytesOf(message);
  const found = await store.findIdentical(tx, user, { account: mail.account, ...bytes });
  return await mail.adopt(
    tx,
    found.map((number) => core.ids.mail(user, number)),
    bytes,
  );
}

/** A row as it is inserted. */
export function makeRecord(
  mail: Pick<IncomingMail, 'account' | 'mailbox' | 'received' | 'flags' | 'sendKey'>,
  message: StoredMessage,
  place: { id: number; modseq: number; thread: number },
): MailRecord {
  const { digest } = message;
  return {
    ...place,
    mailbox: mail.mailbox,
    date: digest.date,
    received: mail.received,
    flags: packFlags(mail.flags),
    attachments: digest.attachments,
    ...bytesOf(message),
    same_key: digest.sameKey,
    problem: digest.problem,
    send_key: mail.sendKey,
    accounts: mail.account ?? '',
    subject: digest.subject,
    sender: JSON.stringify(digest.from),
    recipients: JSON.stringify(digest.to),
    snippet: digest.snippet,
  };
}
