import { isTokenAuth } from '../../common/shapes/account.ts';
import { HOUR, MINUTE, type Millis } from '../../common/time.ts';
import { leaveOnAbort } from '../../server-kit/leave-on-abort.ts';
import type { Refusal } from '../reply/classify.ts';
import type { PoolKey } from './pool/pool-key.ts';
import type { Login } from './sign-in.ts';
import { SessionError, stoppedError } from './smtp-error.ts';
import type { SmtpSession } from './smtp-session.ts';

/** A password that a host has refused is not shown it again before: providers lock accounts that are tried too often. */
const WAIT: Millis = 15 * MINUTE;
/** One that a host has taken is shown by several at once for so long. */
const TRUST: Millis = HOUR;

/** Passwords that were refused, by what sessions are kept by: another password, or another host, is another one. In memory. */
export interface RefusedLogins {
  /** SessionError, as the host said it, while that login is not to be tried. */
  refuse(key: PoolKey): void;
  /**
   * What `open` gives or throws. A password that the host has not taken lately is shown by one at a time: who comes
   * meanwhile waits for what becomes of it, and shares a failure, or a wrong one would be shown once for each mail that
   * waits. A token is not held back: its provider is asked for another.
   */
  open(
    key: PoolKey,
    login: Login | null,
    open: () => Promise<SmtpSession>,
    signal: AbortSignal,
  ): Promise<SmtpSession>;
}

/** `now`: milliseconds of a clock that never goes back. */
export function makeRefusedLogins(now: () => Millis = () => performance.now()): RefusedLogins {
  const refused = new Map<string, { refusal: Refusal; until: Millis }>();
  const taken = new Map<string, Millis>();
  const showing = new Map<string, Promise<SmtpSession>>();

  const refuse = (key: PoolKey): void => {
    const known = refused.get(key.text);
    if (known !== undefined && known.until > now()) throw new SessionError(known.refusal);
  };
  const note = (key: PoolKey, error: unknown): void => {
    if (!(error instanceof SessionError)) return;
    const { refusal } = error;
    // Where the provider wants something else than another password (a switch, a browser), nothing is locked by trying.
    if (refusal.reason !== 'needs-sign-in' || (refusal.code ?? 0) < 500) return;
    for (const [text, { until }] of refused) if (until <= now()) refused.delete(text);
    refused.set(key.text, { refusal, until: now() + WAIT });
    taken.delete(key.text);
  };
  const show = async (key: PoolKey, open: () => Promise<SmtpSession>): Promise<SmtpSession> => {
    try {
      const session = await open();
      for (const [text, until] of taken) if (until <= now()) taken.delete(text);
      taken.set(key.text, now() + TRUST);
      return session;
    } catch (error) {
      note(key, error);
      throw error;
    }
  };
  /** Resolves without a failure where the next one may try. */
  const waitFor = async (other: Promise<SmtpSession>, signal: AbortSignal): Promise<void> => {
    try {
      await leaveOnAbort(other, signal, stoppedError);
    } catch (error) {
      // That mail's try was ended, which says nothing of the password.
      if (signal.aborted || !(error instanceof SessionError) || !error.stopped) throw error;
    }
  };
  return {
    refuse,
    open: async (key, login, open, signal) => {
      if (login === null || isTokenAuth(login.auth)) return await open();
      for (;;) {
        refuse(key);
        if ((taken.get(key.text) ?? 0) > now()) return await show(key, open);
        const other = showing.get(key.text);
        if (other === undefined) break;
        await waitFor(other, signal);
      }
      const mine = show(key, open);
      showing.set(key.text, mine);
      try {
        return await mine;
      } finally {
        showing.delete(key.text);
      }
    },
  };
}
