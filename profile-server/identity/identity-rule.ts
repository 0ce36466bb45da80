import { MailError } from '../../common/errors.ts';
import { identity, type Identity } from '../../common/shapes/identity.ts';
import type { ItemRecord } from '../profile/profile-store.ts';

/** An identity as it may be kept: of the right shape and belonging to one of the user's own accounts. */
export function checkIdentity(id: string, value: unknown, accounts: readonly ItemRecord[]): Identity {
  const parsed = identity.safeParse({ ...(value as object), id });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? 'value';
    throw new MailError('invalid', 'identity refused', {
      field,
      reason: 'input',
      params: { field, problem: issue?.message ?? '' },
    });
  }
  if (!accounts.some((account) => account.id === parsed.data.account)) {
    throw new MailError('not-found', `no account ${parsed.data.account}`, { field: 'account' });
  }
  return parsed.data;
}
