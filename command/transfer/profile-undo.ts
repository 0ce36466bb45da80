import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `profile undo REVISION [ID…]`: takes back what one change of the history changed, or only these items of it. */
export async function run(call: Call): Promise<Outcome> {
  const [typed = '', ...ids] = call.typed.words;
  const revision = readNumber('REVISION', typed, 1, 999_999_999);
  const { profile } = await call.connect();
  const page = await ask(profile.profile.history.query({ since: null, before: revision + 1, limit: 500 }));
  const wanted = page.entries.filter(
    (entry) => entry.revision === revision && (ids.length === 0 || ids.includes(entry.id)),
  );
  if (wanted.length === 0) throw new MailError('not-found', 'no such change', { reason: 'no-change' });
  const items = [];
  // From the inside out: what was made last may lie in what was made first.
  for (const { part, id } of wanted.toReversed()) {
    const done = await ask(profile.profile.undo.mutate({ revision, part, id }));
    if (done.item !== null) items.push(done.item);
  }
  const words = call.words();
  const rows = items.map(({ part, name, change }) => [words[`change/${change}`], `${part}: ${name}`]);
  return { value: { items }, text: rows.length === 0 ? words.nothingToRestore : formatTable(rows) };
}
