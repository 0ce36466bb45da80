import type { Call, Outcome } from '../call.ts';
import { cut, formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { labels } = await ask(storage.label.list.query());
  const words = call.words();
  const rows = labels.map(({ name, colour, total, unread }) => [
    String(unread),
    String(total),
    colour ?? '–',
    cut(name, 80),
  ]);
  const text =
    labels.length === 0
      ? words.noLabels
      : formatTable([[words.unread, words.total, words.colour, words.label], ...rows], [0, 1]);
  return { value: { labels }, text };
}
