import { MailError } from '../../common/errors.ts';
import { ask, type Connection } from '../server/connection.ts';
import type { Target } from './target.ts';

/** The target with its account's id: an account that does not exist is never paused. MailErrors `not-found`, `conflict`. */
export async function findTarget({ profile }: Connection, target: Target): Promise<Target> {
  if (!('account' in target)) return target;
  const { account } = target;
  const { accounts } = await ask(profile.account.find.query({ account }));
  const [found, second] = accounts;
  const params = { account };
  if (found === undefined) {
    throw new MailError('not-found', `no account ${account}`, { reason: 'no-account', params });
  }
  if (second === undefined) return { account: found.id };
  throw new MailError('conflict', `several accounts ${account}`, {
    reason: 'several-accounts',
    params: { account, ids: accounts.map(({ id }) => id).join(', ') },
  });
}
