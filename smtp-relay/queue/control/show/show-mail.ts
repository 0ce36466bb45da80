import { MailError } from '../../../../common/errors.ts';
import type { QueueEvent, QueuedMailView, QueuedRecipientView } from '../../../../common/shapes/queue.ts';
import { formatTime, type Millis } from '../../../../common/time.ts';
import type { Database } from '../../../../server-kit/database/database.ts';
import type { Paused } from '../../schedule/paused.ts';
import type { ControlCaller } from '../change-recipients.ts';
import { isTrying } from '../decide.ts';
import { listEvents, type RecipientEvent } from '../event-store.ts';
import { formatRecipientId, readRecipientId } from '../recipient-id.ts';
import { findMail, listRecipients, type ShownRecipient } from './show-store.ts';

/**
 * One mail with all that is known of its recipients, or of the one that `id` names, as long as the relay remembers it (30
 * days after its end). Users see their own, administrators all. MailErrors `not-found` (`queued-mail`), `invalid`.
 */
export async function showMail(
  database: Database,
  id: string,
  context: { caller: ControlCaller; paused: Paused; now: Millis },
): Promise<QueuedMailView> {
  const reader = database.read;
  const { mail, number } = readRecipientId(id);
  const row = await findMail(reader, mail);
  if (row === undefined || (!context.caller.admin && row.user !== context.caller.user)) {
    throw refuseUnknown(id);
  }
  const events = await listEvents(reader, mail);
  const recipients = (await listRecipients(reader, mail)).filter(
    (one) => number === null || one.number === number,
  );
  if (recipients.length === 0) throw refuseUnknown(id);
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

function refuseUnknown(id: string): MailError {
  return new MailError('not-found', 'no such mail', { reason: 'queued-mail', params: { id } });
}

function toView(
  mail: string,
  row: ShownRecipient,
  events: readonly RecipientEvent[],
  { paused, now }: { paused: Paused; now: Millis },
): QueuedRecipientView {
  const waiting = row.state === 'queued' || row.state === 'deferred';
  const trying = waiting && isTrying({ lease: row.lease, nextTry: row.next_try }, now);
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
