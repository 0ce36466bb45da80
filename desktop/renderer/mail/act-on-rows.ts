import type { Flag, MailRow } from '../../../common/shapes/mail.ts';
import type { BulkChange, Selection } from '../../../common/shapes/selection.ts';
import { storageServer } from '../session/clients.ts';
import { readShownUpTo } from './cache/shown-up-to.ts';

/** How many mails rows stand for: one, or all of a conversation in that mailbox. */
export function countMailsOf(rows: readonly MailRow[]): number {
  return rows.reduce((sum, row) => sum + (row.thread?.count ?? 1), 0);
}

/** Moves what the rows stand for. Returns the operations that took whole conversations: the way back for those. */
export async function moveRows(rows: readonly MailRow[], to: string): Promise<string[]> {
  return await forRows(
    rows,
    async (ids) => await storageServer().mail.move.mutate({ ids, to }),
    async (selection) => await storageServer().mail.move.mutate({ selection, to }),
  );
}

/** The same for flags. */
export async function flagRows(rows: readonly MailRow[], add: Flag[], remove: Flag[]): Promise<string[]> {
  return await forRows(
    rows,
    async (ids) => await storageServer().mail.flag.mutate({ ids, add, remove }),
    async (selection) => await storageServer().mail.flag.mutate({ selection, add, remove }),
  );
}

/** For ever. */
export async function removeRows(rows: readonly MailRow[]): Promise<void> {
  await forRows(
    rows,
    async (ids) => await storageServer().mail.remove.mutate({ ids }),
    async (selection) => await storageServer().mail.remove.mutate({ selection }),
  );
}

async function forRows(
  rows: readonly MailRow[],
  single: (ids: string[]) => Promise<unknown>,
  whole: (selection: Selection) => Promise<BulkChange>,
): Promise<string[]> {
  const conversations = rows.filter(isConversation);
  // An answer that comes at this moment is not moved, marked or removed with those that the person has seen.
  const upTo = readShownUpTo();
  const ids = rows.filter((row) => !isConversation(row)).map((row) => row.id);
  if (ids.length > 0) await single(ids);
  const operations: string[] = [];
  for (const { threadId, mailbox } of conversations) {
    const where = { thread: threadId, mailbox };
    const { operation } = await whole({ where, except: [], upTo });
    if (operation !== null) operations.push(operation);
  }
  return operations;
}

/** The same as selections of the server: single mails together, each conversation by itself. */
export function listSelections(rows: readonly MailRow[]): Selection[] {
  const upTo = readShownUpTo();
  const ids = rows.filter((row) => !isConversation(row)).map((row) => row.id);
  const whole = rows.filter(isConversation).map(({ threadId, mailbox }): Selection => {
    return { where: { thread: threadId, mailbox }, except: [], upTo };
  });
  return ids.length === 0 ? whole : [{ ids }, ...whole];
}

function isConversation(row: MailRow): boolean {
  return (row.thread?.count ?? 1) > 1;
}
