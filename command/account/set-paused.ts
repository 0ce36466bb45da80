import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { viewAccount } from './account-view.ts';
import { findAccountId } from './find-account.ts';

/** Stops the polls of an account, or lets them go on. */
export async function setPaused(call: Call, paused: boolean): Promise<Outcome> {
  const connection = await call.connect();
  const id = await findAccountId(connection, call.typed.words[0] ?? '');
  const account = await ask(connection.profile.account.pause.mutate({ id, paused }));
  const words = call.words();
  const text = fill(paused ? words.accountPaused : words.accountResumed, { email: account.email });
  return { value: viewAccount(account, call.language()), text };
}
