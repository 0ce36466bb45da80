import type { Writer } from '../../../server-kit/database/database.ts';
import type { StoredMessage } from '../../blob/take-in.ts';
import { makeRecord } from '../../mail/ingest/make-record.ts';
import { deleteOriginals, insertMails, insertOriginals } from '../../mail/ingest/ingest-store.ts';
import { splitAccounts, type MailRecord } from '../../mail/mail-record.ts';
import { advanceCounter, findMails, findOriginals, type OriginalRecord } from '../../mail/mail-store.ts';
import type { MailDigest } from '../../mime/digest.ts';
import { makeComparable } from '../check/compare-rows.ts';
import type { RowFields } from '../check/row-fields.ts';
import type { RowProof } from '../check/row-proof.ts';
import { noteLost } from '../keeping-store.ts';
import { findEntriesOf } from '../check/ledger-check-store.ts';
import { markLost } from './mend-ledger.ts';
import { findUsualMailbox, repeatRow, updateBytes, updateFields, updateOriginalSize } from './mend-store.ts';
import type { OpenStore } from '../open-store.ts';

/** An original whose bytes are gone. */
export interface LostOriginal {
  user: string;
  mail: string;
  account: string;
  /** Its maildrop still had it when it was last listed. */
  retrievedAgain: boolean;
}

/** The blobs as they are now; damaged ones are gone already. */
interface Blobs {
  sizeOf: (id: string) => number | null;
  proof: RowProof;
}

/** Mails in mailboxes that nobody knows come into Trash when their server looks after them. */
const NO_MAILBOX = 'restored';

/** Mends rows of one user, each in a transaction of its own; returns what cannot be had again. */
export async function mendMails(
  store: OpenStore,
  blobs: Blobs,
  user: string,
  mails: readonly number[],
): Promise<LostOriginal[]> {
  const lost: LostOriginal[] = [];
  for (const mail of mails) {
    const read = await readAnew(store, blobs, user, mail);
    const entries = await store.db.write(async (tx) => await mendMail(store, blobs, tx, user, mail, read));
    lost.push(...entries);
  }
  return lost;
}

async function mendMail(
  { ids }: OpenStore,
  { sizeOf }: Blobs,
  tx: Writer,
  user: string,
  mail: number,
  read: ReadAnew,
): Promise<LostOriginal[]> {
  const { modseq } = await advanceCounter(tx, user, 0);
  const [row] = await findMails(tx, user, [mail]);
  let originals = await findOriginals(tx, user, [mail]);
  if (row !== undefined) originals = await addMissing(tx, user, row, originals);
  for (const original of originals) {
    const size = sumSizes(original, sizeOf);
    if (size === null || size === original.size) continue;
    await updateOriginalSize(tx, user, original, size);
    original.size = size;
  }
  const whole = originals.filter((original) => sumSizes(original, sizeOf) !== null);
  const broken = originals.filter((original) => !whole.includes(original));
  if (row === undefined) await restoreRow(tx, user, { mail, modseq, whole, read });
  else {
    const shown = chooseShown(row, whole);
    if (
      shown !== undefined &&
      (row.header !== shown.header || row.body !== shown.body || row.size !== shown.size)
    )
      await updateBytes(tx, user, mail, { ...shown, modseq });
    if (read.fields !== null) await updateFields(tx, user, mail, { ...read.fields, modseq });
  }
  await repeatRow(tx, user, mail);
  return await giveUp(tx, user, ids.mail(user, mail), broken, sizeOf);
}

/** Each account of a mail has its original; one that lost it gets the bytes that the mail shows. */
async function addMissing(
  tx: Writer,
  user: string,
  row: MailRecord,
  originals: readonly OriginalRecord[],
): Promise<OriginalRecord[]> {
  const accounts = splitAccounts(row.accounts);
  const lacking = (accounts.length === 0 ? [''] : accounts).filter(
    (account) => !originals.some((one) => one.account === account),
  );
  const { id, header, body, size, mailbox, date } = row;
  const added = lacking.map((account) => ({ mail: id, account, header, body, size, mailbox, date }));
  await insertOriginals(tx, user, added);
  return [...originals, ...added];
}

/** Its row is gone: it is made anew from its bytes. Without bytes there is nothing left to list. */
async function restoreRow(
  tx: Writer,
  user: string,
  found: { mail: number; modseq: number; whole: OriginalRecord[]; read: ReadAnew },
): Promise<void> {
  const { mail, modseq, whole, read } = found;
  const { digest, now } = read;
  const [first] = whole;
  if (first === undefined || digest === null) {
    await deleteOriginals(tx, user, [mail]);
    return;
  }
  const mailbox = (await findUsualMailbox(tx, user, first.account)) ?? NO_MAILBOX;
  const message: StoredMessage = {
    header: { id: first.header, size: first.size },
    body: { id: first.body, size: 0 },
    digest,
  };
  const incoming = { account: null, mailbox, received: now, flags: [], sendKey: null };
  const record = makeRecord(incoming, message, {
    id: mail,
    modseq,
    added: modseq,
    moved_at: now,
    thread: mail,
    subjectKey: null,
  });
  const accounts = whole.map(({ account }) => account).filter((account) => account !== '');
  await insertMails(tx, user, [{ ...record, accounts: accounts.join(',') }]);
}

/** Notes what is lost, so that it is told of once, and lets it be retrieved again. */
async function giveUp(
  tx: Writer,
  user: string,
  mail: string,
  broken: readonly OriginalRecord[],
  sizeOf: Blobs['sizeOf'],
): Promise<LostOriginal[]> {
  if (broken.length === 0) return [];
  const missing = broken.flatMap(({ header, body }) => [header, body]).filter((id) => sizeOf(id) === null);
  await noteLost(tx, [...new Set(missing)], Date.now());
  const accounts = new Set(broken.map(({ account }) => account));
  const entries = (await findEntriesOf(tx, [mail])).filter(
    ({ account }) => account === null || accounts.has(account),
  );
  await markLost(tx, entries);
  return broken.map(({ account }) => ({
    user,
    mail,
    account,
    retrievedAgain: entries.some((one) => (one.account ?? account) === account && one.listed === 1),
  }));
}

function sumSizes({ header, body }: OriginalRecord, sizeOf: Blobs['sizeOf']): number | null {
  const [first, second] = [sizeOf(header), sizeOf(body)];
  return first === null || second === null ? null : first + second;
}

/** The bytes that a row goes on to show. */
function chooseShown(
  row: Pick<MailRecord, 'header' | 'body'>,
  whole: readonly OriginalRecord[],
): OriginalRecord | undefined {
  return whole.find(({ header, body }) => header === row.header && body === row.body) ?? whole[0];
}

/** What a mail's bytes say of it. */
interface ReadAnew {
  /** For a row that is lost; null where its bytes are gone too. */
  digest: MailDigest | null;
  /** When it counts as received then, ms. */
  now: number;
  /** For a row that says otherwise than its bytes; null: it is right. */
  fields: RowFields | null;
}

/** Before the transaction: reading takes a while. */
async function readAnew(
  { db }: OpenStore,
  { sizeOf, proof }: Blobs,
  user: string,
  mail: number,
): Promise<ReadAnew> {
  const now = Date.now();
  const [row] = await findMails(db.read, user, [mail]);
  const originals = await findOriginals(db.read, user, [mail]);
  const whole = originals.filter((original) => sumSizes(original, sizeOf) !== null);
  if (row !== undefined) {
    const { header, body } = chooseShown(row, whole) ?? row;
    const [found] = proof.compare([makeComparable({ ...row, header, body }, whole, true)]);
    return { digest: null, now, fields: found?.right ?? null };
  }
  const [first] = whole;
  const digest = first === undefined ? null : (proof.describe(first, now)?.digest ?? null);
  return { digest, now, fields: null };
}
