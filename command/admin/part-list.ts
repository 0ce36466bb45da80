import { isSilent } from '../../common/is-silent.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill, translate } from '../words/words.ts';

/** `part list`: storage-servers and relays that joined; for administrators. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const found = await ask(profile.part.list.query());
  const words = call.words();
  const parts = found.parts.map(({ id, kind, url, submission, state, lastSeen, users, newUsers }) => ({
    id,
    kind,
    url,
    submission,
    state,
    lastSeen,
    users,
    newUsers,
  }));
  const rows = parts.map(({ id, kind, url, state, lastSeen, users, newUsers }) => [
    id,
    kind,
    translate(words, 'state', state === 'active' && isSilent(lastSeen, Date.now()) ? 'silent' : state),
    url ?? '–',
    formatWhen(lastSeen, call.language()),
    users === null ? '' : fill(words.homeUsers, { n: users }),
    newUsers === false ? words.homeClosed : '',
  ]);
  return { value: { parts }, text: rows.length === 0 ? call.words().noParts : formatTable(rows) };
}
