import type { Millis } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { RecipientState } from '../queued-mail.ts';
import type { StopState } from './decide.ts';
import type { TriedFacts } from './event-store.ts';

/** One recipient with what is needed to act on it and to tell its home. */
export interface ControlRow extends TriedFacts {
  mail: string;
  user: string;
  home: string;
  sendKey: string;
  account: string | null;
  number: number;
  address: string;
  state: RecipientState;
  attempts: number;
  nextTry: Millis | null;
  lastAttempt: Millis | null;
  lease: string | null;
  stop: StopState | null;
  /** Who asked for the stop. */
  stoppedBy: string | null;
}

const COLUMNS = `r.mail AS mail, m.user AS user, m.home AS home, m.send_key AS sendKey, m.account AS account,
  r.number AS number, r.address AS address, r.state AS state, r.attempts AS attempts, r.next_try AS nextTry,
  r.last_attempt AS lastAttempt, r.lease AS lease, r.host AS host, r.code AS code, r.enhanced AS enhanced,
  r.tls AS tls, r.reason AS reason, r.server_line AS serverLine`;

/** The recipients of a mail, or one of them, locked against relays that claim or settle. Of `user` only, unless null. */
export async function lockRecipients(
  tx: Writer,
  which: { mail: string; number: number | null; user: string | null },
): Promise<ControlRow[]> {
  const rows = await tx.all<Omit<ControlRow, 'stop' | 'stoppedBy'>>(
    `SELECT ${COLUMNS} FROM recipient r JOIN mail m ON m.id = r.mail
     WHERE r.mail = ? ${which.number === null ? '' : 'AND r.number = ?'}
       ${which.user === null ? '' : 'AND m.user = ?'}
     ORDER BY r.number ${tx.engine === 'mysql' ? 'FOR UPDATE' : ''}`,
    [
      which.mail,
      ...(which.number === null ? [] : [which.number]),
      ...(which.user === null ? [] : [which.user]),
    ],
  );
  // After the lock: a stop is asked for and carried out under it.
  const stops = await tx.all<{ number: number; state: StopState; actor: string }>(
    'SELECT number, state, actor FROM recipient_stop WHERE mail = ?',
    [which.mail],
  );
  return rows.map((row) => {
    const stop = stops.find(({ number }) => number === row.number);
    return { ...row, stop: stop?.state ?? null, stoppedBy: stop?.actor ?? null };
  });
}

/** Ends whatever lease there was. */
export async function writeState(
  tx: Writer,
  row: Pick<ControlRow, 'mail' | 'number'>,
  change: { state: RecipientState; nextTry: Millis | null },
): Promise<void> {
  await tx.run(
    `UPDATE recipient SET state = ?, next_try = ?, lease = NULL, lease_owner = NULL
     WHERE mail = ? AND number = ?`,
    [change.state, change.nextTry, row.mail, row.number],
  );
}

/** Null takes it back. */
export async function writeStop(
  tx: Writer,
  row: Pick<ControlRow, 'mail' | 'number'>,
  stop: { state: StopState | null; actor: string },
): Promise<void> {
  await tx.run('DELETE FROM recipient_stop WHERE mail = ? AND number = ?', [row.mail, row.number]);
  if (stop.state === null) return;
  await tx.run('INSERT INTO recipient_stop (mail, number, state, actor) VALUES (?, ?, ?, ?)', [
    row.mail,
    row.number,
    stop.state,
    stop.actor,
  ]);
}

/** Mails with a stop that waits for a delivery to come back. */
export async function listStopped(reader: Pick<Writer, 'all'>): Promise<string[]> {
  const rows = await reader.all<{ mail: string }>('SELECT DISTINCT mail FROM recipient_stop LIMIT 500');
  return rows.map(({ mail }) => mail);
}
