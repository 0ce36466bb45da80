import { createHash } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import { MINUTE, type Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { findUser, type UserRecord } from '../../user/user-store.ts';
import { seal, unseal } from '../../vault/seal.ts';
import type { Proven } from '../sign-in/complete-sign-in.ts';
import type { Keeping } from '../open-session.ts';
import { addSpentTicket } from './ticket-store.ts';

const TICKET_LIFE = 5 * MINUTE;
const PURPOSE = 'sign-in-tickets';

/** What a ticket is good for: a step of signing in, a passkey that says itself who comes, adding a factor, or opening accounts. */
export type TicketPurpose =
  'second-factor' | 'change-password' | 'set-up-factor' | 'passkey' | 'add-totp' | 'add-passkey' | 'unlock';

/** What was settled before, and what the answer is held against. */
export interface TicketState {
  purpose: TicketPurpose;
  /** Null while only the passkey will tell. */
  user: string | null;
  keeping: Keeping;
  proven: Proven;
  /** Base64url, of a passkey's question. */
  challenge: string | null;
  /** Base32, of an authenticator app that is being set up. */
  secret: string | null;
}

interface SealedState extends TicketState {
  until: Millis;
  /** Of the password's hash as it was: another password makes all tickets from before worthless. */
  mark: string | null;
}

/**
 * A ticket carries its own state, sealed under a key outside the database: nothing is written for who only asks, and
 * any profile-server of this installation can take the answer.
 */
export function makeTicket(
  server: Pick<ProfileContext, 'masterKey' | 'random' | 'clock'>,
  state: TicketState,
  user: UserRecord | null,
): string {
  const until = server.clock.now() + TICKET_LIFE;
  const whole: SealedState = { ...state, until, mark: user === null ? null : markOf(user) };
  const plain = Buffer.from(JSON.stringify(whole));
  return seal(server.masterKey.derive(PURPOSE), plain, [PURPOSE], server.random).toString('base64url');
}

/**
 * The state of a ticket and the user that it is for, unless it says that the passkey will tell. MailError `sign-in-failed`
 * (`ticket`) for one that is too old, was made for something else, or whose user's password was changed meanwhile.
 */
export async function openTicket(
  server: ProfileContext,
  ticket: string,
  purposes: readonly TicketPurpose[],
): Promise<{ state: TicketState; user: UserRecord | null }> {
  const state = readTicket(server, ticket);
  if (state === null || state.until <= server.clock.now()) throw refuseTicket();
  if (!purposes.includes(state.purpose)) throw refuseTicket();
  if (state.user === null) return { state, user: null };
  const user = await findTicketUser(server.db.read, state.user);
  if (user === null || markOf(user) !== state.mark) throw refuseTicket();
  return { state, user };
}

/** Within the transaction of what the ticket is for, or before it: only one answer wins. MailError as of `openTicket`. */
export async function spendTicket(server: ProfileContext, tx: Writer, ticket: string): Promise<void> {
  // As it is read: signs that base64 passes over would make another ticket of it.
  const read = Buffer.from(ticket, 'base64url').toString('base64url');
  if (!(await spendOnce(server, tx, read))) throw refuseTicket();
}

/** False when this ticket or challenge was spent before. */
export async function spendOnce(
  server: Pick<ProfileContext, 'clock'>,
  tx: Writer,
  text: string,
): Promise<boolean> {
  const hash = createHash('sha256').update(text).digest('base64url');
  return await addSpentTicket(tx, hash, server.clock.now() + TICKET_LIFE);
}

function readTicket(server: Pick<ProfileContext, 'masterKey'>, ticket: string): SealedState | null {
  try {
    const plain = unseal(server.masterKey.derive(PURPOSE), Buffer.from(ticket, 'base64url'), [PURPOSE]);
    return JSON.parse(plain.toString()) as SealedState;
  } catch {
    return null;
  }
}

async function findTicketUser(reader: Reader, id: string): Promise<UserRecord | null> {
  const user = await findUser(reader, id);
  return user === undefined || user.disabled === 1 ? null : user;
}

function markOf(user: UserRecord): string {
  return createHash('sha256').update(user.password).digest('base64url');
}

export function refuseTicket(): MailError {
  return new MailError('sign-in-failed', 'the ticket is not good (any more)', { reason: 'ticket' });
}
