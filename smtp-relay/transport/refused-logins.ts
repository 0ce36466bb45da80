import { isTokenAuth } from '../../common/shapes/account.ts';
import { MINUTE, type Millis } from '../../common/time.ts';
import type { Refusal } from '../reply/classify.ts';
import type { PoolKey } from './pool/pool-key.ts';
import type { Login } from './sign-in.ts';
import { SessionError } from './smtp-error.ts';

/** A password that a host has refused is not shown it again before: providers lock accounts that are tried too often. */
const WAIT: Millis = 15 * MINUTE;

/** Passwords that were refused, by what sessions are kept by: another password, or another host, is another one. In memory. */
export interface RefusedLogins {
  /** SessionError, as the host said it, while that login is not to be tried. */
  refuse(key: PoolKey): void;
  /** Remembers `error` where it refuses the password for good. A token is not: its provider is asked for another. */
  note(key: PoolKey, login: Login | null, error: unknown): void;
}

/** `now`: milliseconds of a clock that never goes back. */
export function makeRefusedLogins(now: () => Millis = () => performance.now()): RefusedLogins {
  const refused = new Map<string, { refusal: Refusal; until: Millis }>();
  return {
    refuse: (key) => {
      const known = refused.get(key.text);
      if (known !== undefined && known.until > now()) throw new SessionError(known.refusal);
    },
    note: (key, login, error) => {
      if (login === null || isTokenAuth(login.auth) || !(error instanceof SessionError)) return;
      const { refusal } = error;
      // Where the provider wants something else than another password (a switch, a browser), nothing is locked by trying.
      if (refusal.reason !== 'needs-sign-in' || (refusal.code ?? 0) < 500) return;
      for (const [text, { until }] of refused) if (until <= now()) refused.delete(text);
      refused.set(key.text, { refusal, until: now() + WAIT });
    },
  };
}
