import type { Account } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { ACCOUNT_OPTIONS } from '../table.ts';
import { fill } from '../words/words.ts';
import { readAccountSecrets, readAccountSettings } from './account-options.ts';
import { findAccountId, makeNoAccountError, viewAccount } from './account-view.ts';

/** `account edit ID`: changes what is named; a change made elsewhere in the meantime is a conflict, never overwritten. */
export async function run(call: Call): Promise<Outcome> {
  if (!Object.keys(ACCOUNT_OPTIONS).some((name) => call.typed.has(name))) {
    throw makeUsageError('nothing-to-change');
  }
  const connection = await call.connect();
  const id = await findAccountId(connection, call.typed.words[0] ?? '');
  const { items } = await ask(connection.profile.profile.read.query({ parts: ['accounts'] }));
  const item = items.find((found) => found.id === id && found.value !== null);
  if (item === undefined) throw makeNoAccountError(id);
  const settings = readAccountSettings(call.typed, item.value as Account);
  const secrets = await readAccountSecrets(call, settings, false);
  const account = await ask(
    connection.profile.account.edit.mutate({
      id,
      base: item.revision,
      settings,
      ...(Object.keys(secrets).length === 0 ? {} : { secrets }),
    }),
  );
  const text = fill(call.words().accountSaved, { email: account.email, id: account.id });
  return { value: viewAccount(account, call.language()), text };
}
