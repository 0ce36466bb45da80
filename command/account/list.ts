import type { Call, Outcome } from '../call.ts';
import { formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { viewAccount } from './account-view.ts';

export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const found = await ask(profile.account.list.query());
  const accounts = found.accounts.map((account) => viewAccount(account, call.language()));
  const words = call.words();
  const rows = accounts.map(({ id, email, state, lastSuccess, error }) => [
    id,
    email,
    words[`state/${state}`],
    formatWhen(lastSuccess, call.language()),
    error?.message ?? '',
  ]);
  return { value: { accounts }, text: rows.length === 0 ? words.noAccounts : formatTable(rows) };
}
