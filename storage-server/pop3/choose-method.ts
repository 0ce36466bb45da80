import { MailError } from '../../common/errors.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import type { Capabilities } from './capabilities.ts';

/** A way to sign in: two of POP3's own (RFC 1939), the others are SASL mechanisms. */
export type Method = 'user' | 'apop' | 'plain' | 'login' | 'scram-sha-256' | 'xoauth2' | 'oauthbearer';

export interface Choice {
  auth: Pop3Settings['auth'];
  capabilities: Capabilities;
  /** TLS stands. */
  secure: boolean;
  /** The greeting holds the timestamp of APOP. */
  timestamp: boolean;
  /** Name and password are ASCII. */
  ascii: boolean;
}

/**
 * Which way to sign in, before anything secret is sent. There is one try, so what is chosen must be likely to work for this user
 * and not only known to the server:
 * - Over TLS the password itself: USER and PASS where the listing can leave in the same packet, else SASL PLAIN. SCRAM is not taken by itself
 *   there: servers offer it also for users whose passwords they keep in another form, and it would cost two round trips at each poll.
 * - In the clear SCRAM where it is offered. APOP only where there is no other way: a timestamp in the greeting says that the server knows
 *   it, not that it knows it of this user.
 * MailError auth-failed (`no-password-method`, `mechanism-not-offered`, `no-apop`) or tls (`encryption-needed`).
 */
export function chooseMethod(choice: Choice): Method {
  const { auth, timestamp } = choice;
  if (auth === 'user' || auth === 'plain' || auth === 'login') return auth;
  if (auth === 'apop') {
    if (!timestamp) throw fail('no-apop');
    return auth;
  }
  return auth === 'auto' ? choosePasswordMethod(choice) : chooseOffered(auth, choice.capabilities);
}

function choosePasswordMethod({ capabilities, secure, timestamp, ascii }: Choice): Method {
  const { answered, pipelining, user, utf8 } = capabilities;
  const sasl = capabilities.sasl ?? [];
  if (!secure && sasl.includes('SCRAM-SHA-256')) return 'scram-sha-256';
  // Which bytes USER and PASS want outside ASCII is only known with UTF8; SASL says it.
  if (sasl.includes('PLAIN') && !(ascii || utf8 === 'user')) return 'plain';
  if (secure && sasl.includes('PLAIN') && !(user && pipelining)) return 'plain';
  if (user || !answered) return 'user';
  if (sasl.includes('PLAIN')) return 'plain';
  if (sasl.includes('LOGIN')) return 'login';
  if (sasl.includes('SCRAM-SHA-256')) return 'scram-sha-256';
  if (timestamp) return 'apop';
  // CAPA without any way to sign in: old servers forget USER there, others want TLS first.
  if (capabilities.sasl === null && (secure || !capabilities.stls)) return 'user';
  if (!secure && capabilities.stls) {
    throw new MailError('tls', 'passwords only after STLS', {
      reason: 'encryption-needed',
      temporary: false,
    });
  }
  throw fail('no-password-method', sasl);
}

/** The two bearer mechanisms carry the same token: what was set stands for both. */
const SAME: Partial<Record<Method, Method>> = { xoauth2: 'oauthbearer', oauthbearer: 'xoauth2' };

/** A token or proof is not shown to a server that does not ask for it. */
function chooseOffered(auth: Method, { answered, sasl }: Capabilities): Method {
  if (!answered || sasl === null || sasl.includes(auth.toUpperCase())) return auth;
  const other = SAME[auth];
  if (other !== undefined && sasl.includes(other.toUpperCase())) return other;
  throw fail('mechanism-not-offered', sasl);
}

function fail(reason: string, offered: readonly string[] = []): MailError {
  return new MailError('auth-failed', `no way to sign in: ${reason}`, {
    reason,
    params: { offered: offered.join(' ') },
    temporary: false,
  });
}
