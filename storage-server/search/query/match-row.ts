import { packFlags } from '../../mail/mail-record.ts';
import type { Query, RowCondition } from './query.ts';

/** What conditions on rows are about. */
export interface RowFacts {
  mailbox: string;
  date: number;
  size: number;
  flags: number;
  attachments: number;
  accounts: readonly string[];
  /** As they are compared; see labelKey. */
  labels: readonly string[];
}

export function matchRow(condition: RowCondition, row: RowFacts): boolean {
  switch (condition.kind) {
    case 'mailbox':
      return row.mailbox === condition.name;
    case 'account':
      return row.accounts.includes(condition.name);
    case 'before':
      return row.date < condition.at;
    case 'after':
      return row.date >= condition.at;
    case 'larger':
      return row.size > condition.bytes;
    case 'smaller':
      return row.size < condition.bytes;
    case 'label':
      return row.labels.includes(condition.name);
    case 'attachment':
      return row.attachments > 0;
    default:
      return ((row.flags & packFlags([condition.flag])) !== 0) === condition.set;
  }
}

/**
 * Whether the row as it is now can still be a result: only what is said of rows is looked at, and where words decide
 * too, they keep their say. The index may be a moment behind.
 */
export function mayMatch(query: Query, row: RowFacts): boolean {
  return judge(query, row) !== false;
}

/** Null: the words decide. */
function judge(query: Query, row: RowFacts): boolean | null {
  if (query.kind === 'text') return null;
  if (query.kind === 'not') {
    const inner = judge(query.of, row);
    return inner === null ? null : !inner;
  }
  if (query.kind !== 'and' && query.kind !== 'or') return matchRow(query, row);
  const all = query.of.map((one) => judge(one, row));
  const decisive = query.kind === 'or';
  if (all.includes(decisive)) return decisive;
  return all.includes(null) ? null : !decisive;
}
