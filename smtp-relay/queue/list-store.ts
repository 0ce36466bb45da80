import { MailError } from '../../common/errors.ts';
import type { QueueItem } from '../../common/shapes/queue.ts';
import { formatTime } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { formatRecipientId } from './control/recipient-id.ts';

interface ItemRow {
  id: string;
  number: number;
  mail_from: string;
  address: string;
  state: string;
  account: string | null;
  attempts: number;
  queued_at: number;
  next_try: number | null;
  size: number;
  lease: string | null;
  reason: string | null;
  server_line: string | null;
}

export interface ListOptions {
  /** Null lists everybody's. */
  user: string | null;
  limit: number;
  after: string | null;
}

/** Recipients still waiting, newest mail first; `next` continues behind the last one. */
export async function listWaiting(
  database: Database,
  options: ListOptions,
): Promise<{ items: QueueItem[]; next: string | null }> {
  const from = options.after === null ? null : readCursor(options.after);
  const rows = await database.read.all<ItemRow>(
    `SELECT m.id, r.number, m.mail_from, r.address, r.state, m.account, r.attempts, m.queued_at, r.next_try,
       m.size, r.lease, r.reason, r.server_line
     FROM mail m JOIN recipient r ON r.mail = m.id
     WHERE m.finished_at IS NULL AND r.state IN ('queued', 'deferred', 'held')
       ${options.user === null ? '' : 'AND m.user = ?'}
       ${from === null ? '' : 'AND (m.queued_at < ? OR (m.queued_at = ? AND (m.id < ? OR (m.id = ? AND r.number > ?))))'}
     ORDER BY m.queued_at DESC, m.id DESC, r.number LIMIT ?`,
    [
      ...(options.user === null ? [] : [options.user]),
      ...(from === null ? [] : [from.queuedAt, from.queuedAt, from.id, from.id, from.number]),
      options.limit + 1,
    ],
  );
  const page = rows.slice(0, options.limit);
  const last = rows.length > options.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toItem),
    next: last ? `${last.queued_at}.${last.id}.${last.number}` : null,
  };
}

function toItem(row: ItemRow): QueueItem {
  return {
    id: row.id,
    recipientId: formatRecipientId(row.id, row.number),
    from: row.mail_from,
    recipient: row.address,
    state: row.state,
    route: row.account === null ? 'relay' : 'smarthost',
    attempts: row.attempts,
    queuedAt: formatTime(row.queued_at),
    // While it is being tried, next_try is the end of the lease: of no interest to people.
    nextTry: row.lease === null ? formatTime(row.next_try) : null,
    size: row.size,
    error: row.server_line ?? row.reason,
  };
}

function readCursor(text: string): { queuedAt: number; id: string; number: number } {
  const match = /^(\d{1,15})\.([\w-]{1,64})\.(\d{1,9})$/.exec(text);
  if (match === null) throw new MailError('invalid', 'bad cursor', { field: 'after' });
  return { queuedAt: Number(match[1]), id: match[2] ?? '', number: Number(match[3]) };
}
