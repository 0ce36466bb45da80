import type { Call, Outcome } from '../call.ts';
import { readChoice } from '../failure.ts';
import { cut, formatTable } from '../format.ts';
import { fill } from '../words/words.ts';
import { findPlace } from './find-place.ts';
import { PARTS } from './item-options.ts';
import { nameItem, viewItem } from './layer-view.ts';
import { listItems } from './list-items.ts';

/** `layer list [--organisation|--group NAME] [--part PART]`: what users get from there. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const text = typed.text('part');
  const part = text === undefined ? null : readChoice('--part', text, PARTS);
  const connection = await call.connect();
  const of = await findPlace(connection, typed);
  const { items, users } = await listItems(connection, of, part);
  const words = call.words();
  const rows = items.map((item) => [
    item.id,
    item.part,
    cut(nameItem(item), 50),
    item.locked === null ? '' : fill(words.layerLocked, { why: cut(item.locked, 60) }),
  ]);
  const waiting = users.waiting === 0 ? [] : ['', fill(words.layerWaiting, users)];
  const table = rows.length === 0 ? words.layerEmpty : formatTable(rows);
  return { value: { of, items: items.map(viewItem), users }, text: [table, ...waiting].join('\n') };
}
