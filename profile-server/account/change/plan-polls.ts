import { foldHost } from '../../../common/host.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { Policy } from '../../../common/shapes/policy.ts';
import type { PollSettings } from '../../schedule/poll-store.ts';
import { decideLeast } from '../../schedule/provider-manners.ts';
import { nameMaildrop } from '../rule/account-rule.ts';

/** What an account's settings and the organisation's policy say of its polls. */
export function planPolls(settings: AccountSettings, policy: Pick<Policy, 'smallestInterval'>): PollSettings {
  const host = foldHost(settings.pop3.host);
  return {
    maildrop: nameMaildrop(settings.pop3),
    host,
    least_seconds: Math.max(decideLeast(host, settings.interval), policy.smallestInterval ?? 0),
    adaptive: settings.adaptive ? 1 : 0,
    paused: settings.paused ? 1 : 0,
  };
}
