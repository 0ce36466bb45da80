import type { Millis } from '../../../common/time.ts';
import type { UserProfile } from '../../home/home.ts';
import type { RuleEnvironment } from './evaluate-mail.ts';

/** What a user's rules may ask of the world: the time where he is, and which mailboxes `fileinto` finds. */
export function makeEnvironment(
  { mailboxes, timeZone }: Pick<UserProfile, 'mailboxes' | 'timeZone'>,
  now: Millis,
): RuleEnvironment {
  return {
    now,
    timeZone,
    mailboxes: mailboxes.flatMap(({ path, id }) => [path, id]),
    roles: mailboxes.flatMap(({ role }) => (role === null ? [] : [role])),
  };
}
