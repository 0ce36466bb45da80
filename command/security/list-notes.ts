import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `session notes`: what happened in the last 30 days to who can get in. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { notes } = await ask(profile.session.securityNotes.query());
  const words = call.words();
  const rows = notes.map(({ at, what, byAdmin, client, address, name }) => [
    formatWhen(at, call.language()),
    words[`note/${what}`],
    [name, client, address, byAdmin === null ? null : fill(words.byAdmin, { name: byAdmin })]
      .filter((part) => part !== null)
      .join(', '),
  ]);
  return { value: { notes }, text: rows.length === 0 ? words.noNotes : formatTable(rows) };
}
