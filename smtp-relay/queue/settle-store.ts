import type { RecipientStatus } from '../../common/shapes/status.ts';
import { formatTime, type Millis } from '../../common/time.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import type { NewResult } from '../result/result-store.ts';
import { dropEvents, noteDeferral } from './control/event-store.ts';
import type { Settlement } from './commit/change.ts';
import type { Outcome, QueuedRecipient } from './queued-mail.ts';

/**
 * Writes what became of a delivery within the caller's transaction, and returns what its home is to hear. A recipient
 * whose lease went to another relay meanwhile keeps what that one writes, except that an acceptance is always noted: it
 * cannot be taken back.
 */
export async function writeSettlement(tx: Writer, settlement: Settlement): Promise<NewResult[]> {
  const { mail, now } = settlement;
  const base = { mail: mail.id, user: mail.user, sendKey: mail.sendKey };
  const results: NewResult[] = [];
  const { dsn } = settlement;
  let reported = false;
  for (const outcome of settlement.outcomes) {
    const recipient = settlement.recipients.find((candidate) => candidate.number === outcome.number);
    if (!recipient || !(await writeOutcome(tx, settlement, recipient, outcome))) continue;
    reported ||= dsn?.about.includes(outcome.number) ?? false;
    if (outcome.state === 'deferred') await noteDeferral(tx, mail.id, recipient.number, now, outcome);
    const body = JSON.stringify(describeOutcome(recipient, outcome, now));
    results.push({ ...base, kind: 'recipient', body });
  }
  if (dsn !== null && reported) {
    const body = Buffer.from(dsn.raw).toString('base64');
    results.push({ ...base, kind: 'dsn', body });
  }
  await finishMail(tx, mail.id, now);
  return results;
}

async function writeOutcome(
  tx: Writer,
  { mail, lease, now, dsn }: Settlement,
  recipient: QueuedRecipient,
  outcome: Outcome,
): Promise<boolean> {
  const tellsDelay = outcome.state === 'deferred' && (dsn?.about.includes(outcome.number) ?? false);
  const { changes } = await tx.run(
    `UPDATE recipient SET state = ?, attempts = attempts + 1, next_try = ?, lease = NULL, lease_owner = NULL,
       last_attempt = ?, host = ?, code = ?, enhanced = ?, tls = ?, reason = ?, server_line = ?
       ${tellsDelay ? ', delay_told = 1' : ''}
     WHERE mail = ? AND number = ? AND state NOT IN ('accepted', 'failed')
       ${outcome.state === 'accepted' ? '' : 'AND next_try IS NOT NULL AND lease = ?'}`,
    [
      outcome.state,
      outcome.nextTry,
      now,
      outcome.host,
      outcome.code,
      outcome.enhanced,
      outcome.tls,
      outcome.reason,
      outcome.serverLine,
      mail.id,
      recipient.number,
      ...(outcome.state === 'accepted' ? [] : [lease]),
    ],
  );
  return changes === 1;
}

/** A recipient as the status of a sent mail shows it. */
function describeOutcome(recipient: QueuedRecipient, outcome: Outcome, now: Millis): RecipientStatus {
  return {
    address: recipient.address,
    state: outcome.state,
    route: outcome.route,
    host: outcome.host,
    code: outcome.code,
    enhanced: outcome.enhanced,
    tls: outcome.tls,
    attempts: recipient.attempts + 1,
    lastAttempt: formatTime(now),
    nextTry: formatTime(outcome.nextTry),
    reason: outcome.reason,
    serverLine: outcome.serverLine,
  };
}

/** The body goes as soon as nobody waits for it; the row stays for a while so that its send key is remembered. */
export async function finishMail(tx: Writer, mail: string, now: Millis): Promise<void> {
  // Two relays that settle the last two recipients would each see the other's as waiting, and nobody would finish it.
  if (tx.engine === 'mysql') await tx.get('SELECT id FROM mail WHERE id = ? FOR UPDATE', [mail]);
  const waiting = await tx.get<{ n: number }>(
    "SELECT COUNT(*) AS n FROM recipient WHERE mail = ? AND state IN ('queued', 'deferred', 'held')",
    [mail],
  );
  if (waiting === undefined || waiting.n > 0) return;
  await tx.run('UPDATE mail SET finished_at = ? WHERE id = ?', [now, mail]);
  await tx.run(
    'DELETE FROM mail_chunk WHERE mail = ? AND NOT EXISTS (SELECT mail FROM mail_copy WHERE mail = ?)',
    [mail, mail],
  );
}

/** Forgets mails that were finished before `before`; returns how many. */
export async function sweepFinished(database: Database, before: Millis): Promise<number> {
  return await database.write(async (tx) => {
    const rows = await tx.all<{ id: string }>(
      `SELECT id FROM mail WHERE finished_at < ? AND NOT EXISTS (SELECT mail FROM mail_copy WHERE mail_copy.mail = mail.id)
        ORDER BY finished_at LIMIT 500`,
      [before],
    );
    for (const { id } of rows) {
      await dropEvents(tx, id);
      await tx.run('DELETE FROM recipient WHERE mail = ?', [id]);
      await tx.run('DELETE FROM mail WHERE id = ?', [id]);
    }
    return rows.length;
  });
}
