import { DAY, HOUR, MINUTE, type Millis } from '../../common/time.ts';

/** Beyond the client's own idle time-out: its last refresh may be this much older than the last key. */
const LAB_GRACE = 2 * MINUTE;
/** However busy, a lab session is over after a working day. */
const LAB_MOST = 12 * HOUR;

/** What decides how long a session lives; `idle_after` (ms) is set for lab sessions only. */
export interface SessionLife {
  remember: number;
  idle_after: number | null;
  created_at: Millis;
}

/** Of rest on the server after which a lab session is over, by the minutes that its client waits. */
export function idleAfter(minutes: number): Millis {
  return minutes * MINUTE + LAB_GRACE;
}

/** The same the other way round. */
export function idleMinutesOf(idle: Millis): number {
  return Math.round((idle - LAB_GRACE) / MINUTE);
}

/** When a session that was used now is over. */
export function expiryOf(session: SessionLife, now: Millis): Millis {
  if (session.idle_after !== null) {
    return Math.min(session.created_at + LAB_MOST, now + session.idle_after);
  }
  return now + lifeOf(session);
}

/** Of rest, after which a session outside labs is over. */
export function lifeOf(session: { remember: number }): Millis {
  return session.remember === 1 ? 30 * DAY : 12 * HOUR;
}
