import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { cut, formatSize, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { describeReason } from '../send/status-view.ts';
import { fill, translate } from '../words/words.ts';

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
    translate(words, 'state', item.state),
    cut(item.recipient, 50),
    fill(words.attempts, { n: item.attempts }),
    formatWhen(item.nextTry, call.language()),
    formatSize(item.size, call.language()),
    cut(describeQueueError(item.error, call), 100),
  ]);
  const more = next === null ? '' : `\n${fill(words.more, { cursor: next })}`;
  return { value: { items, next }, text: lines.length === 0 ? words.queueEmpty : formatTable(lines) + more };
}

/** What the next server said, or the relay's reason by its key. */
function describeQueueError(error: string | null, call: Call): string {
  return error !== null && /^[a-z-]+(\/[a-z-]+)?$/.test(error) ? describeReason(error, call) : (error ?? '');
}
