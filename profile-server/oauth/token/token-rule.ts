import { MINUTE, SECOND, type Millis } from '../../../common/time.ts';
import type { TokenRecord } from './token-store.ts';

/** An access token is renewed so long before its end; of one that lives for less than twice that, at half its life. */
const MARGIN = 5 * MINUTE;
/** With less left a session that begins now might not get as far as its login. */
const LEAST_LEFT = 30 * SECOND;
const FIRST_RETRY = 30 * SECOND;
const LONGEST_RETRY = 15 * MINUTE;

/** What to do when somebody asks for the access token. */
export type TokenStep = 'use' | 'refresh' | 'wait' | 'later' | 'sign-in';

export function judgeToken(
  token: Pick<
    TokenRecord,
    'refused' | 'issued_at' | 'expires_at' | 'retry_at' | 'refresher' | 'refresh_until'
  >,
  now: Millis,
): TokenStep {
  if (token.refused === 1) return 'sign-in';
  const life = Math.max(0, token.expires_at - token.issued_at);
  const left = token.expires_at - now;
  // A clock that was set back must not make a token look younger than it can be.
  if (left > 0 && left <= life && left >= Math.min(MARGIN, life / 2)) return 'use';
  const stillGood = left > 0 && left <= life && left >= Math.min(LEAST_LEFT, life / 4);
  const refreshing = token.refresher !== null && token.refresh_until > now;
  if (refreshing) return stillGood ? 'use' : 'wait';
  if (token.retry_at > now) return stillGood ? 'use' : 'later';
  return 'refresh';
}

/** When a refresh that failed for a while is tried again; `fails` counts those before, `asked` is the provider's wish in seconds. */
export function decideRetry(now: Millis, fails: number, asked: number | null): Millis {
  const wait = Math.min(FIRST_RETRY * 2 ** Math.min(fails, 10), LONGEST_RETRY);
  return now + Math.max(wait, (asked ?? 0) * SECOND);
}
