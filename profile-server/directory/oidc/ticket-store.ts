import { addRow } from '../../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** How a second factor was proven: not at all, by the provider, or by a passkey of this server's. */
export const PROVEN = { none: 0, outside: 1, here: 2 } as const;

/** A user whom a provider, or a passkey in the browser for a program, has proven and whose client has not come yet. */
export interface TicketRecord {
  /** SHA-256 of what the client shows. */
  ticket_hash: string;
  user: string;
  /** Of PROVEN. */
  factor_proven: number;
  expires_at: number;
}

const COLUMNS = 'ticket_hash, user, factor_proven, expires_at';

/**
 * For a client that waits, by what it alone should know. False when somebody else was to be let into it: then nobody is, for
 * one of the two has learned what the other's program waits for, and would have it sign in as himself.
 */
export async function leaveTicket(tx: Writer, ticket: TicketRecord, now: number): Promise<boolean> {
  if (await addTicket(tx, ticket)) return true;
  const former = await takeTicket(tx, ticket.ticket_hash, now);
  if (former !== null && former.user !== ticket.user) return false;
  return await addTicket(tx, ticket);
}

async function addTicket(tx: Writer, ticket: TicketRecord): Promise<boolean> {
  return await addRow(tx, 'oidc_ticket', COLUMNS, [
    ticket.ticket_hash,
    ticket.user,
    ticket.factor_proven,
    ticket.expires_at,
  ]);
}

/** Once: of two that come at the same time one gets it. */
export async function takeTicket(tx: Writer, hash: string, now: number): Promise<TicketRecord | null> {
  const found = await tx.get<TicketRecord>(`SELECT ${COLUMNS} FROM oidc_ticket WHERE ticket_hash = ?`, [
    hash,
  ]);
  if (found === undefined) return null;
  const { changes } = await tx.run('DELETE FROM oidc_ticket WHERE ticket_hash = ?', [hash]);
  return changes === 1 && found.expires_at > now ? found : null;
}

export async function removeOldTickets(tx: Writer, now: number): Promise<void> {
  await tx.run('DELETE FROM oidc_ticket WHERE expires_at <= ?', [now]);
}

export async function hasTicket(reader: Reader, hash: string, now: number): Promise<boolean> {
  const found = await reader.get('SELECT user FROM oidc_ticket WHERE ticket_hash = ? AND expires_at > ?', [
    hash,
    now,
  ]);
  return found !== undefined;
}
