import type { Call, Outcome } from '../call.ts';
import { makeUsageError, readNumber } from '../failure.ts';
import { formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user remove USER [--keep-days N | --now]`: everything of the user goes, mail too, after 30 days unless another number is said. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const days = typed.text('keep-days');
  if (days !== undefined && typed.has('now')) {
    throw makeUsageError('not-together', { option: '--keep-days', other: '--now' });
  }
  const keepDays = typed.has('now')
    ? 0
    : days === undefined
      ? undefined
      : readNumber('--keep-days', days, 0, 365);
  const { id, name, connection } = await findOne(call);
  const { removed, purgeAt } = await ask(
    connection.profile.user.remove.mutate({ id, ...(keepDays === undefined ? {} : { keepDays }) }),
  );
  const words = call.words();
  const when = formatWhen(purgeAt, call.language());
  const text = fill(keepDays === 0 ? words.userGone : words.userRemoved, { name, when });
  return { value: { removed, purgeAt }, text };
}
