import type { CheckedAccount } from '../../common/shapes/mail.ts';
import { formatProblem, makeProblemError, viewProblem } from '../account/account-view.ts';
import { findAccountId } from '../account/find-account.ts';
import type { Call, Outcome } from '../call.ts';
import { formatNumber, formatSize, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { showProgress } from './check-progress.ts';

/** `check`: polls now; answers when the new mail is durable and listed. Fails when an account did. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const typed = call.typed.text('account');
  const account = typed === undefined ? undefined : await findAccountId(connection, typed);
  const endProgress = await showProgress(call, connection, account);
  const running = ask(connection.storage.check.run.mutate(account === undefined ? {} : { account }));
  const checked = await running.finally(endProgress);
  const known = await ask(connection.profile.account.list.query());
  const allowed = new Map(known.accounts.map(({ id, nextAllowed }) => [id, nextAllowed]));
  const accounts = checked.accounts.map((one) => viewChecked(one, allowed.get(one.id) ?? null, call));
  const failed = checked.accounts.find((one) => one.error !== null);
  const outcome = { value: { accounts }, text: formatChecked(accounts, call) };
  if (!failed?.error) return outcome;
  return { ...outcome, error: makeProblemError(failed.error, allowed.get(failed.id) ?? null) };
}

/** With the time from which on the provider lets it be checked again; null: at once. */
interface CheckedView extends CheckedAccount {
  nextAllowed: string | null;
}

function viewChecked(account: CheckedAccount, nextAllowed: string | null, call: Call): CheckedView {
  const { id, email, new: added, bytes, seconds, error } = account;
  const problem = error === null ? null : viewProblem(error, call.language(), nextAllowed);
  return { id, email, new: added, bytes, seconds, nextAllowed, error: problem };
}

function formatChecked(accounts: CheckedView[], call: Call): string {
  const words = call.words();
  if (accounts.length === 0) return words.noAccounts;
  const rows = accounts.map(({ email, new: added, bytes, seconds, nextAllowed, error }) => [
    email,
    error === null || added > 0 ? fill(words.newMails, { n: added }) : '',
    bytes > 0 ? formatSize(bytes, call.language()) : '',
    fill(words.seconds, { n: formatNumber(seconds, 1, call.language()) }),
    [
      ...(error === null ? [] : [formatProblem(error)]),
      ...(nextAllowed === null
        ? []
        : [fill(words.nextCheckAt, { when: formatWhen(nextAllowed, call.language()) })]),
    ].join(', '),
  ]);
  return formatTable(rows, [1, 2, 3]);
}
