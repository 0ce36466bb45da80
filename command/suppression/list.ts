import type { Call, Outcome } from '../call.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { describeReason } from '../send/status-view.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `suppression list`: the addresses to which mail fails at once, because it failed for good there, latest first. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { suppressions } = await ask(storage.suppression.list.query({}));
  const words = call.words();
  const rows = suppressions.map(({ address, reason, serverLine, until }) => [
    cut(address, 60),
    describeReason(reason, call),
    cut(serverLine ?? '', 80),
    fill(words.suppressedUntil, { when: formatWhen(until, call.language()) }),
  ]);
  return { value: { suppressions }, text: rows.length === 0 ? words.noSuppressions : formatTable(rows) };
}
