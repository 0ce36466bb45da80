import type { Call, Outcome } from '../call.ts';
import { makeUsageError, readNumber } from '../failure.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { readMoment } from './read-moment.ts';

/** `profile restore --at TIME | --revision N [--dry-run]`: every item as it stood then. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const at = readMoment('--at', typed.text('at'));
  const typedRevision = typed.text('revision');
  const revision =
    typedRevision === undefined ? null : readNumber('--revision', typedRevision, 1, 999_999_999);
  if ((at === null) === (revision === null))
    throw makeUsageError('one-of-two', { option: '--at', other: '--revision' });
  const dryRun = typed.has('dry-run');
  const { profile } = await call.connect();
  const done = await ask(profile.profile.restore.mutate({ at, revision, dryRun }));
  const words = call.words();
  const rows = done.items.map(({ part, name, change }) => [words[`change/${change}`], `${part}: ${name}`]);
  const lines = rows.length === 0 ? [words.nothingToRestore] : [formatTable(rows)];
  if (dryRun) lines.push(words.dryRun);
  return { value: done, text: lines.join('\n') };
}
