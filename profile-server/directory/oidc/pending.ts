import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MINUTE } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';
import { readCookie, setCookie } from '../../cookie.ts';

/** For whom the provider's answer is. */
export type Purpose =
  /** This browser's web client gets the session. */
  | { kind: 'browser' }
  /** A program gets it that waits with a secret of its own; `wait` is that secret's hash. */
  | { kind: 'program'; wait: string }
  /** A signed-in user takes the provider's person as a way in. */
  | { kind: 'link'; user: string; session: string };

/** A sign-in under way. It stands in the browser alone: who only knocks leaves nothing in the database. */
export interface Pending {
  provider: string;
  purpose: Purpose;
  state: string;
  nonce: string;
  verifier: string;
  /** What the client's page stood at and was told, to go on with: see `pickReturn`. */
  back: { search: string; remember: boolean; lab: boolean };
  expiresAt: number;
}

/** Only what a computer of a lab says of itself is brought back: nothing else of an address may be steered from outside. */
export function pickReturn(params: URLSearchParams): Pending['back'] {
  const place = new URLSearchParams();
  for (const name of ['lab', 'room', 'pc']) {
    const value = params.get(name);
    if (value !== null) place.set(name, value.slice(0, 100));
  }
  const keep = params.get('keep');
  const search = place.size === 0 ? '' : `?${place.toString()}`;
  return { search, remember: keep === 'remember', lab: keep === 'lab' };
}

/** Address of the client's page that takes the ticket; in the fragment, which no server and no log sees. */
export function nameReturn(
  publicUrl: string,
  { search, remember, lab }: Pending['back'],
  ticket: string,
): string {
  const keep = remember ? '&keep=remember' : lab ? '&keep=lab' : '';
  return new URL(`/${search}#/signed-in?ticket=${ticket}${keep}`, publicUrl).href;
}

type Tools = Pick<ProfileContext, 'masterKey'>;

/** Lax: the browser brings it along when the provider sends it back to us. */
const PENDING = '__Host-valija-oidc';
const MARK = '__Host-valija-ticket';
const AAD = ['oidc_pending'];
export const PENDING_LIFE = 15 * MINUTE;
export const TICKET_LIFE = 5 * MINUTE;

export function setPending(server: Tools, res: ServerResponse, pending: Pending): void {
  const sealed = server.masterKey.seal(Buffer.from(JSON.stringify(pending)), AAD).toString('base64url');
  setCookie(res, PENDING, sealed, { life: PENDING_LIFE, sameSite: 'Lax' });
}

/** The sign-in that began in this very browser; null when there is none, or it is over. */
export function readPending(
  server: Tools & Pick<ProfileContext, 'clock'>,
  req: IncomingMessage,
): Pending | null {
  const sealed = readCookie(req, PENDING);
  if (sealed === null) return null;
  try {
    const plain = server.masterKey.unseal(Buffer.from(sealed, 'base64url'), AAD).toString();
    const pending = JSON.parse(plain) as Pending;
    return pending.expiresAt > server.clock.now() ? pending : null;
  } catch {
    // Of another server, or changed on the way.
    return null;
  }
}

export function dropPending(res: ServerResponse): void {
  setCookie(res, PENDING, '', { life: 0, sameSite: 'Lax' });
}

/** The half of a ticket that the browser keeps, so that nobody else's ticket is worth anything in it. */
export function setMark(res: ServerResponse, mark: string): void {
  setCookie(res, MARK, mark, { life: TICKET_LIFE, sameSite: 'Lax' });
}

export function readMark(req: IncomingMessage): string | null {
  return readCookie(req, MARK);
}

export function hashTicket(kind: 'browser' | 'program', ...parts: string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('base64url');
}

/** What a program and the page in the browser both show, so that a person sees that they belong together. */
export function nameProgram(wait: string): string {
  const number = createHash('sha256').update(`shown ${wait}`).digest().readUInt32BE(0);
  return String(number % 10_000).padStart(4, '0');
}
