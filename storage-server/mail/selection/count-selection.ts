import type { Selection } from '../../../common/shapes/selection.ts';
import { readCounters, readListCounters } from '../../mailbox/counter-store.ts';
import { type KnownFilter, resolveFilter } from './filter.ts';
import { type SelectionCore, resolveSelection } from './selected.ts';

export interface SelectionCount {
  total: number;
  /** Of the messages as they came. */
  bytes: number;
}

/** What is selected; read off the counters where they know it. */
export async function countSelection(
  core: SelectionCore,
  user: string,
  selection: Selection,
): Promise<SelectionCount> {
  if ('where' in selection && selection.except.length === 0 && selection.upTo === null) {
    const known = await readKnown(core, user, await resolveFilter(core, user, selection.where));
    if (known !== null) return known;
  }
  const count = { total: 0, bytes: 0 };
  const selected = await resolveSelection(core, user, selection);
  for await (const mails of selected.steps()) {
    count.total += mails.length;
    for (const { size } of mails) count.bytes += size;
  }
  return count;
}

async function readKnown(
  core: SelectionCore,
  user: string,
  filter: KnownFilter,
): Promise<SelectionCount | null> {
  const { mailbox, account, label } = filter;
  const others = filter.from ?? filter.thread ?? filter.unread ?? filter.query;
  if (others !== null || (account !== null && label !== null)) return null;
  if (account === null && label === null) {
    const counter = (await readCounters(core.db.read, user)).get(mailbox ?? '');
    return { total: counter?.total ?? 0, bytes: counter?.bytes ?? 0 };
  }
  const list =
    account === null
      ? ({ kind: 'label', name: label ?? '' } as const)
      : ({ kind: 'account', name: account } as const);
  const counters = await readListCounters(core.db.read, user, list);
  const meant = counters.filter((one) => mailbox === null || one.mailbox === mailbox);
  return {
    total: meant.reduce((sum, one) => sum + one.total, 0),
    bytes: meant.reduce((sum, one) => sum + one.bytes, 0),
  };
}
