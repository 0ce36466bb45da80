import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findAccountId } from './find-account.ts';

/** `account remove ID`: its mail stays. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const id = await findAccountId(connection, call.typed.words[0] ?? '');
  const { removed } = await ask(connection.profile.account.remove.mutate({ id }));
  return { value: { removed }, text: fill(call.words().accountRemoved, { id: removed }) };
}
