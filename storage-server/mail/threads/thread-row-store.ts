import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { MailState } from '../mail-state.ts';
import { chunk, makeList } from '../mail-store.ts';
import { type ClashSet, writeRows } from '../../../server-kit/database/write-rows.ts';
import { type ThreadChanges, type ThreadPlace, type ThreadRow, countThreads } from './thread-changes.ts';

const COLUMNS = ['thread', 'mailbox', 'date', 'mail', 'total', 'unread'] as const;

export async function findThreadRows(
  read: Reader,
  user: string,
  threads: readonly number[],
): Promise<ThreadRow[]> {
  const found: ThreadRow[] = [];
  for (const part of chunk(threads)) {
    const { places, params } = makeList(part);
    const text = `SELECT ${COLUMNS.join(', ')} FROM thread_row WHERE user_id = ? AND thread IN (${places})`;
    found.push(...(await read.all<ThreadRow>(text, [user, ...params])));
  }
  return found;
}

/** After the mails' rows are written, in their transaction. */
export async function saveThreadRows(tx: Writer, user: string, changes: ThreadChanges): Promise<void> {
  const threads = changes.listThreads();
  if (threads.length === 0) return;
  const { put, count, drop, recount } = changes.decide(await findThreadRows(tx, user, threads));
  const counted = countThreads(recount, await findMailsOf(tx, user, recount));
  const counts = { total: 'replace', unread: 'replace' } as const;
  await writeThreadRows(tx, user, [...put, ...counted], { date: 'replace', mail: 'replace', ...counts });
  // Their columns of the list's index are not named, so that it need not be written.
  await writeThreadRows(tx, user, count, counts);
  await deleteThreadRows(tx, user, drop);
}

async function writeThreadRows(
  tx: Writer,
  user: string,
  rows: readonly ThreadRow[],
  set: ClashSet,
): Promise<void> {
  await writeRows(
    tx,
    'thread_row',
    ['user_id', ...COLUMNS],
    rows.map((row) => [user, ...COLUMNS.map((column) => row[column])]),
    { keys: ['user_id', 'thread', 'mailbox'], set },
  );
}

async function findMailsOf(
  read: Reader,
  user: string,
  places: readonly ThreadPlace[],
): Promise<Pick<MailState, 'id' | 'thread' | 'mailbox' | 'date' | 'flags'>[]> {
  const threads = [...new Set(places.map(({ thread }) => thread))];
  const found: Pick<MailState, 'id' | 'thread' | 'mailbox' | 'date' | 'flags'>[] = [];
  for (const part of chunk(threads, 64)) {
    const list = makeList(part);
    const text = `SELECT id, thread, mailbox, date, flags FROM mail WHERE user_id = ? AND thread IN (${list.places})`;
    found.push(...(await read.all<(typeof found)[number]>(text, [user, ...list.params])));
  }
  return found;
}

async function deleteThreadRows(tx: Writer, user: string, places: readonly ThreadPlace[]): Promise<void> {
  for (const mailbox of new Set(places.map((place) => place.mailbox))) {
    const threads = places.filter((place) => place.mailbox === mailbox).map(({ thread }) => thread);
    for (const part of chunk(threads)) {
      const list = makeList(part);
      await tx.run(
        `DELETE FROM thread_row WHERE user_id = ? AND mailbox = ? AND thread IN (${list.places})`,
        [user, mailbox, ...list.params],
      );
    }
  }
}
