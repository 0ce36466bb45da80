import { MailError } from '../../../../common/errors.ts';
import type { QueueEvent, QueuedMailView, QueuedRecipientView } from '../../../../common/shapes/queue.ts';
import { formatTime, type Millis } from '../../../../common/time.ts';
import type { Database, Reader } from '../../../../server-kit/database/database.ts';
import type { RecipientState } from '../../queued-mail.ts';
import type { Paused } from '../../scheduler.ts';
import type { ControlCaller } from '../change-recipients.ts';
import type { StopState } from '../decide.ts';
import { listEvents, type RecipientEvent } from '../event-store.ts';
import { formatRecipientId } from '../recipient-id.ts';

interface MailRow {
  user: string;
  mail_from: string;
  message_id: string | null;
  size: number;
  account: string | null;
  priority: number;
  queued_at: Millis;
  finished_at: Millis | null;
}

interface RecipientRow {
  number: number;
  address: string;
  destination: string;
  state: RecipientState;
  stop: StopState | null;
  attempts: number;
  next_try: Millis | null;
  lease: string | null;
  last_attempt: Millis | null;
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  reason: string | null;
  server_line: string | null;
}

/**
 * One mail with all that is known of its recipients, as long as the relay remembers it (30 days after its end).
 * Users see their own, administrators all. MailError `not-found` (`queued-mail`).
 */
export async function showMail(
  database: Database,
  mail: string,
  context: { caller: ControlCaller; paused: Paused; now: Millis },
): Promise<QueuedMailView> {
  const reader = database.read;
  const row = await reader.get<MailRow>(
    'SELECT user, mail_from, message_id, size, account, priority, queued_at, finished_at FROM mail WHERE id = ?',
    [mail],
  );
  if (row === undefined || (!context.caller.admin && row.user !== context.caller.user)) {
    throw new MailError('not-found', 'no such mail', { reason: 'queued-mail', params: { id: mail } });
  }
  const events = await listEvents(reader, mail);
  const recipients = await listRecipients(reader, mail);
  return {
    id: mail,
    user: row.user,
    from: row.mail_from,
    messageId: row.message_id,
    size: row.size,
    route: row.account === null ? 'relay' : 'smarthost',
    account: row.account,
    priority: row.priority === 1 ? 'bulk' : 'interactive',
    queuedAt: formatTime(row.queued_at),
    finishedAt: formatTime(row.finished_at),
    recipients: recipients.map((recipient) => {
      const own = events.filter(({ number }) => number === recipient.number);
      return toView(mail, recipient, own, context);
    }),
  };
}

async function listRecipients(reader: Reader, mail: string): Promise<RecipientRow[]> {
  return await reader.all<RecipientRow>(
    `SELECT r.number, r.address, r.destination, r.state, s.state AS stop, r.attempts, r.next_try, r.lease,
       r.last_attempt, r.host, r.code, r.enhanced, r.tls, r.reason, r.server_line
     FROM recipient r LEFT JOIN recipient_stop s ON s.mail = r.mail AND s.number = r.number
     WHERE r.mail = ? ORDER BY r.number`,
    [mail],
  );
}

function toView(
  mail: string,
  row: RecipientRow,
  events: readonly RecipientEvent[],
  { paused, now }: { paused: Paused; now: Millis },
): QueuedRecipientView {
  const waiting = row.state === 'queued' || row.state === 'deferred';
  const trying = waiting && row.lease !== null && row.next_try !== null && row.next_try > now;
  return {
    id: formatRecipientId(mail, row.number),
    address: row.address,
    state: row.state,
    trying,
    stop: row.stop,
    paused: waiting && !trying && (paused.all || paused.destinations.has(row.destination)),
    attempts: row.attempts,
    lastAttempt: formatTime(row.last_attempt),
    // While it is being tried, next_try is the end of the lease: of no interest to people.
    nextTry: waiting && row.lease === null ? formatTime(row.next_try) : null,
    host: row.host,
    code: row.code,
    enhanced: row.enhanced,
    tls: row.tls,
    reason: row.reason,
    serverLine: row.server_line,
    history: events.map(toEvent),
  };
}

function toEvent(event: RecipientEvent): QueueEvent {
  const { at, kind, actor, host, code, enhanced, tls, reason, serverLine } = event;
  return { at: formatTime(at), event: kind, by: actor, host, code, enhanced, tls, reason, serverLine };
}
