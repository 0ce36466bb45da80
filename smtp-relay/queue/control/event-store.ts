import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** A try that was not the last word, or what somebody did. */
export type EventKind = 'deferred' | 'held' | 'released' | 'retried' | 'cancelled';

/** What the next host said; null where there was none. */
export interface TriedFacts {
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  reason: string | null;
  serverLine: string | null;
}

export interface RecipientEvent extends TriedFacts {
  number: number;
  at: Millis;
  kind: EventKind;
  /** The user who did it; null for tries. */
  actor: string | null;
}

const NO_FACTS: TriedFacts = {
  host: null,
  code: null,
  enhanced: null,
  tls: null,
  reason: null,
  serverLine: null,
};

/** A try that came back deferred, in the transaction that says so. */
export async function noteDeferral(
  tx: Writer,
  mail: string,
  number: number,
  at: Millis,
  tried: TriedFacts,
): Promise<void> {
  await addEvent(tx, mail, { number, at, kind: 'deferred', actor: null, ...tried });
}

/** What `actor` did to a recipient. */
export async function noteAction(
  tx: Writer,
  mail: string,
  done: { number: number; at: Millis; kind: EventKind; actor: string },
): Promise<void> {
  await addEvent(tx, mail, { ...done, ...NO_FACTS });
}

async function addEvent(tx: Writer, mail: string, event: RecipientEvent): Promise<void> {
  const { number, at, kind, actor, host, code, enhanced, tls, reason, serverLine } = event;
  // The same twice within a millisecond is once.
  const insert = tx.engine === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
  await tx.run(
    `${insert} INTO recipient_event
       (mail, number, at, kind, actor, host, code, enhanced, tls, reason, server_line)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [mail, number, at, kind, actor, host, code, enhanced, tls, reason, serverLine],
  );
}

interface EventRow extends Omit<RecipientEvent, 'serverLine'> {
  server_line: string | null;
}

/** All that is known of a mail's recipients, oldest first. */
export async function listEvents(reader: Reader, mail: string): Promise<RecipientEvent[]> {
  const rows = await reader.all<EventRow>(
    `SELECT number, at, kind, actor, host, code, enhanced, tls, reason, server_line
     FROM recipient_event WHERE mail = ? ORDER BY number, at`,
    [mail],
  );
  return rows.map(({ server_line: serverLine, ...row }) => ({ ...row, serverLine }));
}

/** Who held a recipient last; null when nobody did. */
export async function findHolder(
  reader: Pick<Reader, 'get'>,
  mail: string,
  number: number,
): Promise<string | null> {
  const row = await reader.get<{ actor: string | null }>(
    "SELECT actor FROM recipient_event WHERE mail = ? AND number = ? AND kind = 'held' ORDER BY at DESC LIMIT 1",
    [mail, number],
  );
  return row?.actor ?? null;
}

/** With the mail itself. */
export async function dropEvents(tx: Writer, mail: string): Promise<void> {
  await tx.run('DELETE FROM recipient_event WHERE mail = ?', [mail]);
}
