import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatAccount, viewAccount } from './account-view.ts';
import { findAccountId } from './find-account.ts';

export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const id = await findAccountId(connection, call.typed.words[0] ?? '');
  const account = viewAccount(await ask(connection.profile.account.get.query({ id })), call.language());
  return { value: account, text: formatAccount(account, call) };
}
