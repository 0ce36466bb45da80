import { foldHost } from '../../common/host.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { PollSettings } from '../schedule/poll-store.ts';
import { decideLeast } from '../schedule/provider-manners.ts';
import { nameMaildrop } from './account-rule.ts';

/** What an account's settings say of its polls. */
export function planPolls(settings: AccountSettings): PollSettings {
  const host = foldHost(settings.pop3.host);
  return {
    maildrop: nameMaildrop(settings.pop3),
    host,
    least_seconds: decideLeast(host, settings.interval),
    adaptive: settings.adaptive ? 1 : 0,
    paused: settings.paused ? 1 : 0,
  };
}
