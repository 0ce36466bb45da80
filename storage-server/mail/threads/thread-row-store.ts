import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { MailState } from '../mail-state.ts';
import { chunk, makeList } from '../mail-store.ts';
import { writeRows } from '../write-rows.ts';
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
  const { put, drop, recount } = changes.decide(await findThreadRows(tx, user, threads));
  const counted = countThreads(recount, await findMailsOf(tx, user, recount));
  await writeRows(
    tx,
    'thread_row',
    ['user_id', ...COLUMNS],
    [...put, ...counted].map((row) => [user, ...COLUMNS.map((column) => row[column])]),
    {
      keys: ['user_id', 'thread', 'mailbox'],
      set: { date: 'replace', mail: 'replace', total: 'replace', unread: 'replace' },
    },
  );
  await deleteThreadRows(tx, user, drop);
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
