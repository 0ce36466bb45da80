import { MailError, type ErrorCode } from '../../../common/errors.ts';
import { matchesHost } from '../../../common/host-pattern.ts';
import { INTERVAL_SECONDS, type AccountSettings } from '../../../common/shapes/account.ts';
import type { Policy } from '../../../common/shapes/policy.ts';
import { daysOf } from '../../policy/merge-policy.ts';

/** Which rule of the organisation an account breaks. */
export interface Breach {
  code: ErrorCode;
  reason: string;
  field: string | null;
  params: Record<string, string | number>;
}

type PolledSettings = Pick<AccountSettings, 'pop3'>;

/** Why an account may not be polled at all; null when it may. `given`: it comes from a layer. */
export function judgePolls(policy: Policy, settings: PolledSettings, given: boolean): Breach | null {
  if (!given && !policy.ownAccounts) {
    return { code: 'forbidden', reason: 'policy-own-accounts', field: null, params: {} };
  }
  return judgeHost(policy, settings.pop3.host, 'settings.pop3.host');
}

/** Whether mail may leave through that smarthost. */
export function judgeSmarthost(policy: Policy, send: AccountSettings['send']): Breach | null {
  return send.smtp === null ? null : judgeHost(policy, send.smtp.host, 'settings.send.smtp.host');
}

/**
 * Settings that somebody wants to keep, beside those that were; MailError `host-not-allowed` or `forbidden` says which rule
 * of the organisation they break. What was there before a rule and is not touched is no reason to refuse.
 */
export function checkPolicy(
  policy: Policy,
  settings: AccountSettings,
  known: { before: AccountSettings | null; given: boolean },
): void {
  const { before, given } = known;
  const breach =
    judgePolls(policy, settings, given) ??
    judgeSmarthost(policy, settings.send) ??
    judgeKeep(policy, settings.keep, before?.keep ?? null) ??
    judgeInterval(policy, settings.interval, before?.interval ?? INTERVAL_SECONDS.default);
  if (breach !== null) throw refuse(breach);
}

/** The same for an account that a layer gives. */
export function checkEverywhere(policy: Policy, settings: AccountSettings): void {
  checkPolicy(policy, settings, { before: null, given: true });
}

export function refuse({ code, reason, field, params }: Breach): MailError {
  return new MailError(code, `refused by the policy: ${reason}`, {
    reason,
    params,
    ...(field === null ? {} : { field }),
  });
}

/** The retention contract that is in force: the stricter of the account's and the policy's. */
export function raiseKeep(policy: Policy, keep: string): string {
  return keepsLongEnough(policy, keep) ? keep : policy.leastKeep;
}

function judgeHost(policy: Policy, host: string, field: string): Breach | null {
  const { allowedHosts } = policy;
  if (allowedHosts === null || allowedHosts.some((pattern) => matchesHost(host, pattern))) return null;
  return { code: 'host-not-allowed', reason: 'policy-host', field, params: { host } };
}

function judgeKeep(policy: Policy, keep: string, before: string | null): Breach | null {
  if (keep === before || keepsLongEnough(policy, keep)) return null;
  const always = policy.leastKeep === 'always';
  return {
    code: 'forbidden',
    reason: always ? 'policy-keep-always' : 'policy-keep',
    field: 'settings.keep',
    params: always ? {} : { days: daysOf(policy.leastKeep) },
  };
}

/** `delete` and `mirror` may delete on the first day. */
function keepsLongEnough(policy: Policy, keep: string): boolean {
  if (policy.leastKeep === 'any' || keep === 'always') return true;
  return keep.startsWith('days:') && daysOf(keep) >= daysOf(policy.leastKeep);
}

function judgeInterval(policy: Policy, interval: number, before: number): Breach | null {
  const { smallestInterval } = policy;
  // The default is what nobody chose: it is only polled more seldom.
  if (smallestInterval === null || interval >= smallestInterval || interval === before) return null;
  return {
    code: 'forbidden',
    reason: 'policy-interval',
    field: 'settings.interval',
    params: { seconds: smallestInterval },
  };
}
