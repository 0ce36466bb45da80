import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { cut, formatSize, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `queue list`: the user's own mails on their way; an administrator sees all. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const after = typed.text('after');
  const rows = limit === undefined ? 50 : readNumber('--limit', limit, 1, 500);
  const { relay } = await call.connect();
  const { items, next } = await ask(
    relay.queue.list.query({ limit: rows, ...(after === undefined ? {} : { after }) }),
  );
  const words = call.words();
  const lines = items.map((item) => [
    item.id,
    item.state,
    cut(item.recipient, 50),
    `${item.attempts} ${words.attempts}`,
    formatWhen(item.nextTry, call.language()),
    formatSize(item.size),
    cut(item.error ?? '', 100),
  ]);
  const more = next === null ? '' : `\n${fill(words.more, { cursor: next })}`;
  return { value: { items, next }, text: lines.length === 0 ? words.queueEmpty : formatTable(lines) + more };
}
