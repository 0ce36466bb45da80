import { MailError } from '../../../../common/errors.ts';
import { ID_PATTERN } from '../../../../common/ids.ts';
import { destinationOf, domainOf } from '../../../route/destination.ts';

/** What an administrator stops: everything, mail for a domain (or `relay`: the operator's smarthost), or an account's smarthost. */
export interface PauseTarget {
  all?: boolean | undefined;
  destination?: string | undefined;
  account?: string | undefined;
}

export const EVERYTHING = 'all';

/**
 * The scope under which a pause is kept: `all`, or a destination as recipients have it. MailError `invalid` when not
 * exactly one thing is named, or when it is no domain.
 */
export function scopeOf(target: PauseTarget, operatorSmarthost: boolean): string {
  const { all, destination, account } = target;
  const named = [all === true, destination !== undefined, account !== undefined].filter(Boolean).length;
  if (named !== 1) {
    throw new MailError('invalid', 'one of all, destination and account', { reason: 'pause-target' });
  }
  if (all === true) return EVERYTHING;
  if (account !== undefined) return scopeOfAccount(account);
  return scopeOfDestination(destination ?? '', operatorSmarthost);
}

function scopeOfAccount(account: string): string {
  if (ID_PATTERN.test(account)) return destinationOf('', { account, operatorSmarthost: false });
  throw new MailError('invalid', 'no account id', { reason: 'pause-target', field: 'account' });
}

function scopeOfDestination(destination: string, operatorSmarthost: boolean): string {
  const shared = destinationOf('', { account: null, operatorSmarthost: true });
  if (destination === shared) return shared;
  const address = `x@${destination.replace(/^@/, '')}`;
  const domain = domainOf(address);
  if (domain === '') {
    throw new MailError('invalid', 'no domain', { reason: 'pause-target', field: 'destination' });
  }
  // All of it waits in one line: a part of that cannot be stopped, and nobody shall believe it was.
  if (operatorSmarthost) {
    throw new MailError('invalid', 'all mail leaves by one smarthost', {
      reason: 'pause-one-way',
      field: 'destination',
    });
  }
  return destinationOf(address, { account: null, operatorSmarthost: false });
}

/** A scope as people read it. */
export function readScope(scope: string): {
  scope: 'all' | 'destination' | 'account';
  destination: string | null;
  account: string | null;
} {
  if (scope === EVERYTHING) return { scope: 'all', destination: null, account: null };
  const [, kind, name] = /^(account|mx):(.*)$/.exec(scope) ?? [];
  if (kind === 'account') return { scope: 'account', destination: null, account: name ?? '' };
  return { scope: 'destination', destination: name ?? scope, account: null };
}
