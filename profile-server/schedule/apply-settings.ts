import type { Millis } from '../../common/time.ts';
import type { ChangedPoll, PollRecord, PollSettings } from './poll-store.ts';

/** How polling goes on after an edit: at once, but never sooner than the server allows on the same maildrop. */
export function applySettings(
  before: Pick<PollRecord, 'maildrop' | 'login_gap' | 'allowed_at'>,
  settings: PollSettings,
  now: Millis,
): ChangedPoll {
  const same = before.maildrop === settings.maildrop;
  const login_gap = same ? before.login_gap : 0;
  const allowed_at = same ? before.allowed_at : null;
  return {
    ...settings,
    wait_seconds: Math.max(settings.least_seconds, login_gap),
    login_gap,
    allowed_at,
    next_at: settings.paused !== 0 ? null : Math.max(now, allowed_at ?? 0),
  };
}
