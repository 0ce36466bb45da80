import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `health retry [ID…] [--provider P | --host H]`: tries failing accounts now; `--refused` also refused passwords, once. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const provider = typed.text('provider');
  const host = typed.text('host');
  if (typed.words.length === 0 && provider === undefined && host === undefined) {
    throw makeUsageError('one-of-two', { option: '--provider', other: 'ID' });
  }
  const { profile } = await call.connect();
  const { accounts } = await ask(
    profile.health.retry.mutate({
      ...(typed.words.length === 0 ? {} : { accounts: typed.words }),
      ...(provider === undefined ? {} : { provider }),
      ...(host === undefined ? {} : { host }),
      refused: typed.has('refused'),
    }),
  );
  return { value: { accounts }, text: fill(call.words().healthRetried, { n: accounts }) };
}
