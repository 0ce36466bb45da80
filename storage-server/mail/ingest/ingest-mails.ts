import type { Writer } from '../../../server-kit/database/database.ts';
import type { StoredMessage } from '../../blob/take-in.ts';
import { PlaceChanges } from '../../mailbox/place-changes.ts';
import { addReferences } from '../../mime/digest.ts';
import { findStates } from '../change/change-store.ts';
import type { MailCore } from '../mail-core.ts';
import type { MailRecord } from '../mail-record.ts';
import type { MailState } from '../mail-state.ts';
import { advanceCounter, type OriginalRecord } from '../mail-store.ts';
import { type Assigned, ThreadFinder } from '../threads/thread-finder.ts';
import type { Alongside, IncomingMail, IngestedMail } from './ingest.ts';
import * as store from './ingest-store.ts';
import { bytesOf, makeRecord, placeOf } from './make-record.ts';
import { findCopied } from './merge-copy.ts';
import { SameMails } from './same-mails.ts';

/** Everything of one batch that is to be written. */
class Batch {
  readonly rows: MailRecord[] = [];
  readonly originals: Omit<OriginalRecord, 'mailbox' | 'date'>[] = [];
  /** Rows that take another original in, with their accounts then. */
  readonly merged = new Map<number, string>();
  readonly places = new PlaceChanges();

  merge(into: { id: number; accounts: string }, account: string, message: StoredMessage): void {
    this.merged.set(into.id, into.accounts);
    this.originals.push({ mail: into.id, account, ...bytesOf(message) });
  }
}

/** See Ingest in ingest.ts. */
export async function ingestMails(
  core: MailCore,
  user: string,
  mails: readonly IncomingMail[],
  alongside?: Alongside,
): Promise<IngestedMail[]> {
  if (mails.length === 0 && alongside === undefined) return [];
  const taken = await core.blobs.takeIn(
    mails.map((mail) => mail.source),
    mails.map((mail) => mail.received),
  );
  const stored = taken.map((message, index) => {
    const { references = [] } = mails[index]!;
    return references.length === 0
      ? message
      : { ...message, digest: addReferences(message.digest, references) };
  });
  const others = await takeInOthers(core, mails);
  const { modseq, ingested } = await core.db.write(async (tx) => {
    const { lastId, modseq } = await advanceCounter(tx, user, mails.length);
    const ingested = await addBatch(core, tx, user, {
      mails,
      stored,
      others,
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
    others: ReadonlyMap<IncomingMail, OtherOriginal[]>;
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
  const same = await SameMails.load(tx, user, input.stored);
  const ingested: IngestedMail[] = [];
  for (const [index, mail] of input.mails.entries()) {
    const message = input.stored[index] as StoredMessage;
    const adopted = await findAdopted(core, tx, user, mail, message);
    if (adopted !== null) {
      ingested.push({ mailId: adopted, added: false });
      continue;
    }
    const into = (await findCopied(core, tx, user, mail, batch.merged)) ?? same.join(mail, message);
    if (into !== null) {
      batch.merge(into, mail.account ?? '', message);
      ingested.push({ mailId: core.ids.mail(user, into.id), added: false });
      continue;
    }
    const id = input.firstId + index;
    const row = makeRecord(mail, message, {
      id,
      modseq: input.modseq,
      added: input.modseq,
      moved_at: core.clock.now(),
      ...(await chooseThread(threads, mail, id, message)),
    });
    batch.rows.push(row);
    batch.originals.push({ mail: id, account: mail.account ?? '', ...bytesOf(message) });
    for (const other of input.others.get(mail) ?? []) {
      batch.originals.push({ mail: id, ...other });
      row.accounts = `${row.accounts},${other.account}`;
    }
    if (mail.account !== null) same.add(row);
    ingested.push({ mailId: core.ids.mail(user, id), added: true });
  }
  for (const row of batch.rows) {
    row.accounts = batch.merged.get(row.id) ?? row.accounts;
    row.thread = threads.resolve(row.thread);
  }
  const before = await findMerged(tx, user, batch);
  const byId = new Map<number, MailState>([...batch.rows, ...before].map((one) => [one.id, one]));
  await store.insertMails(tx, user, batch.rows);
  await store.insertOriginals(
    tx,
    user,
    batch.originals.map((one) => ({ ...one, ...placeOf(byId.get(one.mail)) })),
  );
  await threads.save(input.modseq, batch.places);
  for (const row of batch.rows) batch.places.replace(null, row);
  for (const mail of before) {
    const accounts = batch.merged.get(mail.id) ?? mail.accounts;
    await store.addAccount(tx, user, mail.id, { accounts, modseq: input.modseq });
    batch.places.replace(mail, { ...mail, accounts });
  }
  await batch.places.save(tx, user);
  return ingested;
}

type OtherOriginal = Omit<OriginalRecord, 'mailbox' | 'date' | 'mail'>;

/** Imports only: no other mail comes with more than one original. */
async function takeInOthers(
  core: MailCore,
  mails: readonly IncomingMail[],
): Promise<Map<IncomingMail, OtherOriginal[]>> {
  const found = new Map<IncomingMail, OtherOriginal[]>();
  for (const mail of mails) {
    const { others = [] } = mail.imported ?? {};
    if (others.length === 0) continue;
    const stored = await core.blobs.takeIn(
      others.map((other) => other.source),
      others.map(() => mail.received),
    );
    found.set(
      mail,
      stored.map((message, index) => ({ account: others[index]!.account, ...bytesOf(message) })),
    );
  }
  return found;
}

async function chooseThread(
  threads: ThreadFinder,
  mail: IncomingMail,
  id: number,
  { digest }: StoredMessage,
): Promise<Assigned> {
  if (mail.imported === undefined) return await threads.assign(id, digest);
  const thread = threads.keep(mail.imported.chooseThread(threads.find(digest), id), digest);
  return { thread, subjectKey: digest.subjectKey };
}

/** Rows of before this batch that take one of its messages in as another original. */
async function findMerged(tx: Writer, user: string, batch: Batch): Promise<MailState[]> {
  const added = new Set(batch.rows.map((row) => row.id));
  return await findStates(
    tx,
    user,
    [...batch.merged.keys()].filter((mail) => !added.has(mail)),
  );
}

/** Id of the mail that this message is already; null when it is none. */
async function findAdopted(
  core: MailCore,
  tx: Writer,
  user: string,
  mail: IncomingMail,
  message: StoredMessage,
): Promise<string | null> {
  const bytes = bytesOf(message);
  if (mail.imported !== undefined) return await mail.imported.findKnown(tx, bytes);
  if (mail.adopt === undefined || mail.account === null) return null;
  const found = await store.findIdentical(tx, user, { account: mail.account, ...bytes });
  return await mail.adopt(
    tx,
    found.map((number) => core.ids.mail(user, number)),
    bytes,
  );
}
