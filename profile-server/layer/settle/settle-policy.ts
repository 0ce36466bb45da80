import type { AccountProblem } from '../../../common/shapes/account.ts';
import { judgePolls, type Breach } from '../../account/rule/account-policy.ts';
import { listStoredAccounts } from '../../account/account-store.ts';
import { planPolls } from '../../account/change/plan-polls.ts';
import { removeLeasesOfAccount } from '../../schedule/lease-store.ts';
import { listPolls, type PollRecord } from '../../schedule/poll-store.ts';
import { readQuota, setLeast, setStopped, writeQuota } from './policy-effect-store.ts';
import type { Settling } from './settling.ts';

/** 1 is the user's own wish. */
const STOPPED = 2;

/** Holds a user's accounts against the policy: what may not be polled stands still and says why, and goes on when it may. */
export async function settlePolicy(settling: Settling): Promise<void> {
  const { tx, user } = settling;
  const policy = await settling.policy();
  if ((await readQuota(tx, user)) !== policy.quotaBytes) {
    await writeQuota(tx, user, policy.quotaBytes);
    // His home reads the profile again when its revision grows.
    await settling.revision();
  }
  const polls = await listPolls(tx, user);
  for (const { id, settings } of await listStoredAccounts(tx, user)) {
    const poll = polls.find(({ account }) => account === id);
    if (poll === undefined) continue;
    const given = settling.copies.some((copy) => copy.part === 'accounts' && copy.id === id);
    await settleStop(settling, poll, judgePolls(policy, settings, given), settings.paused);
    const { least_seconds } = planPolls(settings, policy);
    if (least_seconds === poll.least_seconds) continue;
    await setLeast(tx, id, { least: least_seconds, wait: Math.max(least_seconds, poll.login_gap) });
    await settling.touch('accounts', id);
    settling.polls = true;
  }
}

async function settleStop(
  settling: Settling,
  poll: PollRecord,
  breach: Breach | null,
  wantsPause: boolean,
): Promise<void> {
  const { tx, server } = settling;
  const { account } = poll;
  const error = breach === null ? null : JSON.stringify(describe(breach));
  if (breach !== null && poll.paused === STOPPED && poll.error === error) return;
  if (breach === null && poll.paused !== STOPPED) return;
  if (breach !== null) {
    await removeLeasesOfAccount(tx, account);
    await setStopped(tx, account, { paused: STOPPED, next_at: null, error });
  } else {
    const waits = wantsPause || poll.needs_sign_in === 1;
    const next_at = waits ? null : Math.max(server.clock.now(), poll.allowed_at ?? 0);
    await setStopped(tx, account, { paused: wantsPause ? 1 : 0, next_at, error: null });
  }
  await settling.touch('accounts', account);
  settling.polls = true;
}

function describe({ code, reason, params }: Breach): AccountProblem {
  return { code, reason, params, message: 'a policy lets nobody poll it', serverLine: null };
}
