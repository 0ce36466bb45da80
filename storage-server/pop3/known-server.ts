import type { MailError } from '../../common/errors.ts';
import { HOUR, type Millis } from '../../common/time.ts';
import type { Capabilities } from './capabilities.ts';
import type { Traffic } from './wire.ts';

/**
 * How far commands may be sent ahead: all that CAPA allows; not behind the password, because what the login process has read is lost to the one
 * that follows it (Courier); or one command at a time, whatever CAPA says.
 */
export const LOCKSTEPS = ['no', 'sign-in', 'all'] as const;
export type Lockstep = (typeof LOCKSTEPS)[number];

/** What earlier sessions learned of a server, by host, port and TLS mode. */
export interface KnownServer {
  /** What CAPA said where the account signs in: behind TLS, if there is any. Null: it is asked. */
  capabilities: Capabilities | null;
  lockstep: Lockstep;
}

/** What a session learns, filled in as it goes: a session that fails leaves it too. */
export interface Learned {
  /** Asked in this session; null where what was known was used. */
  capabilities: Capabilities | null;
  /** What was known does not fit any more. */
  stale: boolean;
  /** Commands were sent ahead. */
  pipelined: boolean;
  /** The password was taken, and the listing that was sent behind it is not there yet. */
  behindSignIn: boolean;
  traffic: Traffic;
}

export function startLearning(): Learned {
  return {
    capabilities: null,
    stale: false,
    pipelined: false,
    behindSignIn: false,
    traffic: { bytes: 0, replies: 0, ahead: 0, open: 0 },
  };
}

/** How long a server is spoken to in lockstep: when it seems to break under pipelining, and when it cannot be anything else. */
const FOR_A_DOUBT = HOUR;
const FOR_SURE = 7 * 24 * HOUR;
/** So many replies in order to commands sent ahead show that the server can do it: what comes after may be the network. */
const SHOWN = 16;

/** What to do without from now on, and for how long. */
export interface Blame {
  level: Exclude<Lockstep, 'no'>;
  length: Millis;
}

/**
 * What of pipelining is to blame for a session that ended with `error`, if any. The caller asks again in
 * lockstep first: with the same end there, it was not pipelining either.
 * - garbage, or replies that belong to no command, after commands were sent ahead: the server mixes them up;
 * - a drop or silence with several commands on their way: for sure if it never answered any such, else in doubt;
 * - a listing that makes no sense: LIST and UIDL were asked in one packet.
 */
export function blamePipelining(
  error: Pick<MailError, 'code' | 'reason'>,
  { pipelined, behindSignIn, traffic }: Pick<Learned, 'pipelined' | 'behindSignIn' | 'traffic'>,
): Blame | null {
  if (!pipelined) return null;
  const level = behindSignIn ? 'sign-in' : 'all';
  if (error.code === 'protocol') {
    return MIXED.has(error.reason ?? '') ? { level, length: FOR_SURE } : null;
  }
  const silent = error.code === 'dropped' || (error.code === 'timeout' && error.reason === 'idle');
  if (!silent || traffic.open < 2) return null;
  return { level, length: traffic.ahead < SHOWN ? FOR_SURE : FOR_A_DOUBT };
}

/**
 * What the repetition in lockstep makes of the blame: it holds when that went well; with the same end it was not pipelining; any other end,
 * such as a maildrop still locked by the session before, leaves a doubt for the sessions to come.
 */
export function judgeRepetition(
  first: Pick<MailError, 'code'>,
  second: Pick<MailError, 'code'> | null,
  length: Millis,
): Millis {
  if (second === null) return length;
  return second.code === first.code ? 0 : Math.min(length, FOR_A_DOUBT);
}

const MIXED: ReadonlySet<string> = new Set(['garbage', 'unsolicited', 'bad-listing', 'line-too-long']);

/** After these what CAPA said is asked again: the server is not as it was known, or something else answers there. */
export function doubtsCapabilities({ code }: Pick<MailError, 'code'>): boolean {
  return code === 'protocol' || code === 'dropped' || code === 'timeout' || code === 'tls';
}
