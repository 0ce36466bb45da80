import { describeError } from '../../common/error-texts/describe.ts';
import { MailError } from '../../common/errors.ts';
import type { CheckedAccount } from '../../common/shapes/mail.ts';
import { readCallError } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import type { RunResult } from './run.ts';
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
  let taken;
  try {
    taken = await core.profile.schedule.take.mutate({ user, accounts, purpose: 'check' });
  } catch (error) {
    throw readCallError(error);
  }
  for (const lease of taken.leases) under.set(lease.account, core.runs.start(lease));
  const { accounts: known } = await core.home.readProfile(user);
  const emails = new Map(known.map(({ id, email }) => [id, email]));
  const refused = taken.refused.map(async ({ account, code, retryAfter }): Promise<CheckedAccount> => {
    const joined = code === 'in-use' ? core.runs.find(account) : null;
    if (joined !== null) return describeRun(await joined, emails);
    const error = new MailError(code, 'refused by the schedule', retryAfter === null ? {} : { retryAfter });
    return describeRun({ account, email: null, added: 0, bytes: 0, messages: 0, seconds: 0, error }, emails);
  });
  const run = [...under.values()].map(async (result) => describeRun(await result, emails));
  const order = new Map(known.map(({ id }, index) => [id, index]));
  const checked = await Promise.all([...run, ...refused]);
  return checked.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

function describeRun(result: RunResult, emails: Map<string, string>): CheckedAccount {
  const { account, added, bytes, seconds, error } = result;
  return {
    id: account,
    email: result.email ?? emails.get(account) ?? '',
    new: added,
    bytes,
    seconds,
    error:
      error === null
        ? null
        : { code: error.code, message: describeError(error, 'en').message, serverLine: error.serverLine },
  };
}
