import { foldAddress } from '../../common/compose/recipients.ts';
import { MailError, toWireError, type WireError } from '../../common/errors.ts';
import { readRecipient } from '../../common/sieve/actions/redirect.ts';
import { readForm } from '../../common/sieve/form/read-form.ts';
import { formatTime } from '../../common/time.ts';
import type { StorageCore } from '../context.ts';
import type { UserProfile } from '../home/home.ts';
import { findPlace } from './decide-filing.ts';
import { listProblems, type StoredProblem } from './problem-store.ts';

/** Something that the user's rules could not do, as he is told of it. */
export interface RuleProblem {
  /** Null: it cannot be told which rule it was. */
  rule: string | null;
  name: string | null;
  error: WireError;
  count: number;
  /** The last time. */
  at: string;
  /** A mail that it happened to, if it was about one. */
  mail: string | null;
}

/** What is still true: not of rules that are gone or off, nor of mailboxes that are there again, nor of addresses that no rule names. The newest first. */
export async function listRuleProblems(
  core: Pick<StorageCore, 'db' | 'home'>,
  user: string,
): Promise<RuleProblem[]> {
  const profile = await core.home.readProfile(user);
  return (await listProblems(core.db.read, user))
    .filter((problem) => isStillTrue(problem, profile))
    .map((problem) => tellProblem(problem, profile));
}

/** Judged by the profile as it is now. */
export function isStillTrue(
  { rule, reason, detail }: Pick<StoredProblem, 'rule' | 'reason' | 'detail'>,
  { rules, mailboxes }: Pick<UserProfile, 'rules' | 'mailboxes'>,
): boolean {
  if (rule !== null && !rules.some(({ id, enabled }) => id === rule && enabled)) return false;
  const enabled = rules.filter((one) => one.enabled);
  if (reason === 'rule-mailbox-gone') {
    return findPlace(detail, mailboxes) === undefined && enabled.some((one) => mayFile(one, detail));
  }
  const forwards = reason === 'rule-forward-refused' || reason === 'rule-forward-own';
  return !forwards || enabled.some((one) => mayForwardTo(one, detail));
}

/** What no form can say may file anywhere. */
function mayFile({ script }: { script: string }, path: string): boolean {
  const form = readForm(script);
  return form === null || form.actions.some((one) => one.action === 'file' && one.mailbox === path);
}

/** The same of forwarding; `address` is folded. */
function mayForwardTo({ script }: { script: string }, address: string): boolean {
  const form = readForm(script);
  if (form === null) return true;
  return form.actions.some(
    (one) => one.action === 'forward' && foldAddress(readRecipient(one.address) ?? one.address) === address,
  );
}

function tellProblem(problem: StoredProblem, { rules }: Pick<UserProfile, 'rules'>): RuleProblem {
  const { rule, reason, detail, count, at, mail } = problem;
  const name = rules.find(({ id }) => id === rule)?.name ?? null;
  const params = { rule: name ?? '', detail };
  return {
    rule,
    name,
    error: toWireError(new MailError('invalid', 'a rule could not be applied', { reason, params })),
    count,
    at: formatTime(at),
    mail: mail === '' ? null : mail,
  };
}
