import { describeProblem } from '../../common/error-texts/problem.ts';
import { MailError } from '../../common/errors.ts';
import type { Account } from '../../common/shapes/account.ts';
import type { CheckedAccount } from '../../common/shapes/mail.ts';
import { readAnswer } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import { makeEmptyResult, type RunResult } from './run.ts';
import type { Runs } from './runs.ts';

export type CheckCore = Pick<StorageCore, 'home' | 'profile'> & { runs: Runs };

/** Polls all accounts of a user, or one, now and at once; joins what is under way. Every account has its own answer. MailError `not-found` for a foreign account. */
export async function checkAccounts(
  core: CheckCore,
  user: string,
  account: string | null,
): Promise<CheckedAccount[]> {
  const accounts = account === null ? null : [account];
  const under = new Map<string, Promise<RunResult>>();
  const taken = await readAnswer(core.profile.schedule.take.mutate({ user, accounts, purpose: 'check' }));
  for (const lease of taken.leases) under.set(lease.account, core.runs.start(lease));
  const { accounts: known } = await core.home.readProfile(user);
  const emails = new Map(known.map(({ id, email }) => [id, email]));
  const refused = taken.refused.map(async ({ account, code, retryAfter }): Promise<CheckedAccount> => {
    const joined = code === 'in-use' ? core.runs.find(account) : null;
    if (joined !== null) return describeRun(await finishAndLookAgain(core, user, account, joined), emails);
    const error = new MailError(code, 'refused by the schedule', retryAfter === null ? {} : { retryAfter });
    const none = { ...makeEmptyResult(account), error };
    const told = describeRun(none, emails);
    if (code !== 'needs-sign-in') return told;
    return { ...told, error: (await readLastError(core, user, account)) ?? told.error };
  });
  const run = [...under.values()].map(async (result) => describeRun(await result, emails));
  const order = new Map(known.map(({ id }, index) => [id, index]));
  const checked = await Promise.all([...run, ...refused]);
  return checked.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/**
 * A run that was under way may have listed the maildrop before the newest mail came, so that "checked" would
 * be untrue: one more follows, and both count.
 */
async function finishAndLookAgain(
  core: CheckCore,
  user: string,
  account: string,
  under: Promise<RunResult>,
): Promise<RunResult> {
  const first = await under;
  if (first.error !== null) return first;
  const take = { user, accounts: [account], purpose: 'check' as const };
  const { leases } = await readAnswer(core.profile.schedule.take.mutate(take));
  const lease = leases[0];
  if (lease === undefined) return first;
  const again = await core.runs.start(lease);
  return {
    ...again,
    added: first.added + again.added,
    bytes: first.bytes + again.bytes,
    seconds: first.seconds + again.seconds,
  };
}

/** Why the account needs sign-in, with the server's own line; null when nothing is known. */
async function readLastError(
  core: CheckCore,
  user: string,
  account: string,
): Promise<CheckedAccount['error']> {
  const { items } = await readAnswer(core.profile.profile.read.query({ user, parts: ['accounts'] }));
  const item = items.find(({ id }) => id === account);
  return (item?.value as Account | null | undefined)?.error ?? null;
}

function describeRun(result: RunResult, emails: Map<string, string>): CheckedAccount {
  const { account, added, bytes, seconds, error } = result;
  return {
    id: account,
    email: result.email ?? emails.get(account) ?? '',
    new: added,
    bytes,
    seconds,
    error: error === null ? null : describeProblem(error),
  };
}
