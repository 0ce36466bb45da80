import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { chunk, makeList } from '../mail-store.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';

/** What threads that were merged are now part of; those that stand for themselves are left out. */
export async function findAliases(
  read: Reader,
  user: string,
  threads: readonly number[],
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const part of chunk(threads)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ thread: number; target: number }>(
      `SELECT thread, target FROM thread_alias WHERE user_id = ? AND thread IN (${places})`,
      [user, ...params],
    );
    for (const row of rows) found.set(row.thread, row.target);
  }
  return found;
}

/** The thread that this one is part of by now; itself where it was never merged. */
export async function resolveThread(read: Reader, user: string, thread: number): Promise<number> {
  return (await findAliases(read, user, [thread])).get(thread) ?? thread;
}

/** From now on `thread` is part of `target`, with everything that was part of it: aliases are never chains. */
export async function addAliases(
  tx: Writer,
  user: string,
  merges: readonly { thread: number; target: number }[],
): Promise<void> {
  for (const { thread, target } of merges) {
    await tx.run('UPDATE thread_alias SET target = ? WHERE user_id = ? AND target = ?', [
      target,
      user,
      thread,
    ]);
  }
  await writeRows(
    tx,
    'thread_alias',
    ['user_id', 'thread', 'target'],
    merges.map(({ thread, target }) => [user, thread, target]),
    { keys: ['user_id', 'thread'], set: { target: 'replace' } },
  );
}
