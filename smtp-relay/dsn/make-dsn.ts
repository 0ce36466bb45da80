import type { Millis } from '../../common/time.ts';
import { describeError } from '../../common/error-texts/describe.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { readHeaders } from '../queue/body-store.ts';
import type { Delivery, Outcome } from '../queue/queued-mail.ts';
import { buildDsn, type ReportedRecipient } from './build-dsn.ts';

/** Headers returned at most: a DSN has to stay small enough for the outbox. */
const HEADER_LIMIT = 64 * 1024;

export interface DsnContext {
  database: Database;
  /** What this relay calls itself towards others. */
  name: string;
  makeId: (prefix: string) => string;
}

/**
 * The DSN for what failed for good in this delivery; null when nothing did, when the sender is the null
 * sender (RFC 5321 4.5.5), or when the submitter asked for none (NOTIFY=NEVER, RFC 3461 4.1).
 */
export async function makeDsn(
  context: DsnContext,
  delivery: Delivery,
  outcomes: readonly Outcome[],
  now: Millis,
): Promise<Buffer | null> {
  const { mail } = delivery;
  if (mail.mailFrom === '') return null;
  const recipients = outcomes.flatMap((outcome) => reportOutcome(delivery, outcome, now));
  if (recipients.length === 0) return null;
  return buildDsn({
    reporter: context.name,
    to: mail.mailFrom,
    envelopeId: mail.sendKey,
    queueId: mail.id,
    arrived: new Date(mail.queuedAt),
    now: new Date(now),
    messageId: `<${context.makeId('dsn')}@${context.name}>`,
    boundary: context.makeId('part'),
    recipients,
    headers: await readHeaders(context.database, mail.id, HEADER_LIMIT),
    originalMessageId: mail.messageId,
  });
}

function reportOutcome(delivery: Delivery, outcome: Outcome, now: Millis): ReportedRecipient[] {
  const recipient = delivery.recipients.find((candidate) => candidate.number === outcome.number);
  if (outcome.state !== 'failed' || !recipient) return [];
  const notify = recipient.notify?.split(',') ?? ['FAILURE'];
  if (!notify.includes('FAILURE')) return [];
  const saidByHost = outcome.code !== null && outcome.serverLine !== null;
  const own = describeError({ code: outcome.reason ?? 'server-error' }, 'en').message;
  return [
    {
      address: recipient.address,
      original: recipient.original,
      enhanced: outcome.enhanced ?? '5.0.0',
      host: outcome.host,
      diagnostic: outcome.serverLine ?? own,
      saidByHost,
      lastAttempt: new Date(now),
    },
  ];
}
