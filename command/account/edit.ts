import { MailError } from '../../common/errors.ts';
import type { Account } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';
import { withUnlock } from '../server/unlock.ts';
import { fill } from '../words/words.ts';
import { ACCOUNT_OPTIONS } from './account-commands.ts';
import { readAccountSettings } from './account-options.ts';
import { readSecretFiles } from './account-secrets.ts';
import { viewAccount } from './account-view.ts';
import { confirmDelete, readConfirmed } from './confirm-delete.ts';
import { findAccount } from './find-account.ts';

type Edit = Parameters<Connection['profile']['account']['edit']['mutate']>[0];

/**
 * `account edit ID`: changes what is named; a change made elsewhere in the meantime is a conflict, never overwritten. Where the
 * new contract deletes more on the server, only after a confirmation that names the count.
 */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  if (!Object.keys(ACCOUNT_OPTIONS).some((name) => typed.has(name)))
    throw makeUsageError('nothing-to-change');
  const confirmed = readConfirmed(typed);
  const connection = await call.connect();
  const { account: before, revision } = await findAccount(connection, typed.words[0] ?? '');
  const settings = readAccountSettings(typed, before);
  const secrets = readSecretFiles(typed);
  const edit = { id: before.id, base: revision, settings, ...(hasAny(secrets) ? { secrets } : {}) };
  const account = await saveEdit(call, connection, edit, confirmed);
  const text = fill(call.words().accountSaved, { email: account.email, id: account.id });
  return { value: viewAccount(account, call.language()), text };
}

async function saveEdit(
  call: Call,
  connection: Connection,
  edit: Edit,
  confirmed: number | null,
): Promise<Account> {
  const { edit: save } = connection.profile.account;
  try {
    return await withUnlock(call, connection, async () => await save.mutate(edit));
  } catch (error) {
    if (!(error instanceof MailError) || error.reason !== 'retention-unconfirmed') throw error;
    const wanted = { account: edit.id, keep: edit.settings.keep };
    const preview = await ask(connection.storage.retention.preview.mutate(wanted));
    const confirmation = await confirmDelete(call, preview, confirmed);
    const again = { ...edit, confirmation };
    return await withUnlock(call, connection, async () => await save.mutate(again));
  }
}

function hasAny(secrets: object): boolean {
  return Object.keys(secrets).length > 0;
}
