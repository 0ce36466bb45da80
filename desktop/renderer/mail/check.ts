import type { CheckEvent } from '../../../common/shapes/event.ts';
import { shareNext } from '../session/share-next.ts';
import { profileServer, storageServer } from '../session/clients.ts';
import { makeSessionStore } from '../session/forget.ts';
import { NOTHING, toProblem, type Problem } from '../session/problem.ts';
import { profileStore, sortAccounts } from '../profile/profile-store.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { formatTimeOfDay } from '../text/format.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, say } from '../text/text.ts';

/** What an asked check brought, in accounts where it is not mails. */
export interface CheckResult {
  new: number;
  failed: number;
  /** Of the failed ones: these need sign-in. */
  signIn: number;
}

export interface CheckState {
  /** The person asked; periodic polls are shown only on their account. */
  asked: boolean;
  running: ReadonlyMap<string, CheckEvent>;
  /** Accounts asked for that have ended. */
  ended: number;
  asking: number;
  /** When the last asked check ended and how many new mails it brought. */
  result: CheckResult | null;
  problems: ReadonlyMap<string, Problem>;
}

const QUIET: CheckState = {
  asked: false,
  running: new Map(),
  ended: 0,
  asking: 0,
  result: null,
  problems: new Map(),
};
export const checkStore = makeSessionStore<CheckState>(QUIET);

/** How far polls came is not known any more: the next word of each tells. */
export function forgetRunning(): void {
  checkStore.change((state) => ({ ...state, running: new Map() }));
}

export function takeCheckEvent(event: CheckEvent): void {
  const over = event.phase === 'done' || event.phase === 'failed';
  checkStore.change((state) => {
    const running = new Map(state.running);
    if (over) running.delete(event.account);
    else running.set(event.account, event);
    const problems = new Map(state.problems);
    if (event.phase === 'failed' && event.error !== null) problems.set(event.account, event.error);
    if (event.phase === 'done') problems.delete(event.account);
    return { ...state, running, problems, ended: state.ended + (over && state.asked ? 1 : 0) };
  });
  if (over) void readAccountStates();
}

/** Milliseconds that the result of a check is shown. */
const RESULT_MS = 30_000;

/** Polls one account or all of them now; the result is told in the status line. */
export async function checkNow(account: string | null = null): Promise<void> {
  if (checkStore.get().asked) return;
  const asking = account === null ? profileStore.get().accounts.length : 1;
  checkStore.change((state) => ({ ...state, asked: true, ended: 0, asking, result: null }));
  try {
    const { accounts } = await storageServer().check.run.mutate(account === null ? {} : { account });
    const fresh = accounts.reduce((sum, one) => sum + one.new, 0);
    // A check that a pause or new settings ended is no failure of the account.
    const codes = accounts
      .filter(({ error }) => error !== null && error.code !== 'too-soon' && error.reason !== 'lease-lost')
      .map(({ error }) => error?.code);
    const signIn = codes.filter((code) => code === 'auth-failed' || code === 'needs-sign-in').length;
    const result = { new: fresh, failed: codes.length, signIn };
    checkStore.change((state) => ({ ...state, result }));
    const early = accounts.filter(({ error }) => error?.code === 'too-soon');
    if (early.length === accounts.length) for (const { id } of early.slice(0, 1)) void tellTooSoon(id);
    setTimeout(
      () => checkStore.change((state) => (state.result === result ? { ...state, result: null } : state)),
      RESULT_MS,
    );
  } catch (error) {
    tellProblem(toProblem(error));
  } finally {
    checkStore.change((state) => ({ ...state, asked: false }));
    void readAccountStates();
  }
}

/** A check that comes too soon says when the next one is allowed. */
async function tellTooSoon(id: string): Promise<void> {
  await readAccountStates();
  const { accounts, preferences } = profileStore.get();
  const account = accounts.find((one) => one.id === id);
  if (account === undefined) return;
  if (account.nextAllowed === null) return tellProblem({ ...NOTHING, code: 'too-soon' });
  const language = languageStore.get();
  const time = formatTimeOfDay(account.nextAllowed, language, preferences.timeZone);
  const text = say(mailTexts, 'check-allowed', { account: account.email, time });
  tell({ kind: 'problem', text, action: null, lasts: 10_000 });
}

/** States, last success and errors of the accounts change without a revision of the profile: they are read after a poll. */
export const readAccountStates = shareNext(async () => {
  try {
    const { accounts } = await profileServer().account.list.query();
    profileStore.change((profile) => ({ ...profile, accounts: sortAccounts(accounts) }));
  } catch {
    // They are shown as they were; the next poll asks again.
  }
});
