import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { translate } from '../words/words.ts';

/** `part list`: storage-servers and relays that joined; for administrators. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const found = await ask(profile.part.list.query());
  const parts = found.parts.map(({ id, kind, url, submission, state, lastSeen }) => ({
    id,
    kind,
    url,
    submission,
    state,
    lastSeen,
  }));
  const rows = parts.map(({ id, kind, url, state, lastSeen }) => [
    id,
    kind,
    translate(call.words(), 'state', state),
    url ?? '–',
    formatWhen(lastSeen, call.language()),
  ]);
  return { value: { parts }, text: rows.length === 0 ? call.words().noParts : formatTable(rows) };
}
