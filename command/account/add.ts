import type { AccountTest } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { readAccountSecrets, readAccountSettings } from './account-options.ts';
import { makeProblemError, viewAccount } from './account-view.ts';

/** `account add`: saved only when a test with these settings succeeds, unless --no-test. */
export async function run(call: Call): Promise<Outcome> {
  const settings = readAccountSettings(call.typed, null);
  const secrets = await readAccountSecrets(call, settings, true);
  const connection = await call.connect();
  if (settings.pop3.tls === 'none') call.note(fill(call.words().plainWarning, { email: settings.email }));
  if (!call.typed.has('no-test')) {
    throwProblem(await ask(connection.storage.account.test.mutate({ settings, secrets })));
  }
  const account = await ask(connection.profile.account.add.mutate({ settings, secrets }));
  const text = fill(call.words().accountAdded, { email: account.email, id: account.id });
  return { value: viewAccount(account, call.language()), text };
}

function throwProblem({ pop3, smtp }: AccountTest): void {
  const problem = pop3.error ?? smtp?.error ?? null;
  if (problem !== null) throw makeProblemError(problem);
}
