import { describeError } from '../../common/error-texts/describe.ts';
import { withClass } from '../../common/enhanced-status.ts';
import { splitReason } from '../../common/reason.ts';
import type { Language } from '../../common/shapes/profile.ts';
import type { Millis } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Delivery, Outcome } from '../queue/queued-mail.ts';
import { GIVE_UP_AFTER } from '../queue/schedule/back-off.ts';
import { buildDsn } from './build-dsn.ts';
import { chooseNotices, isAutomaticAnswer, type Notice } from './choose-notices.ts';
import type { ReportedRecipient } from './dsn-input.ts';
import { findSubject, readReturned } from './read-returned.ts';

export interface DsnContext {
  database: Database;
  /** What this relay calls itself towards others. */
  name: string;
  makeId: (prefix: string) => string;
  /** The language of a user who sends as that address; null when it cannot be known now. */
  languageOf: (user: string, from: string) => Promise<Language | null>;
}

export interface Dsn {
  raw: Buffer;
  /** Numbers of the recipients that it is about: it is only true if one of them becomes what it says. */
  about: number[];
}

/** What the sender is to read after a delivery; null when there is nothing, or nobody, to tell. */
export async function makeDsn(
  context: DsnContext,
  delivery: Delivery,
  outcomes: readonly Outcome[],
  now: Millis,
): Promise<Dsn | null> {
  const { mail } = delivery;
  const notices = chooseNotices(mail, delivery.recipients, outcomes);
  if (notices.length === 0) return null;
  const failed = notices.some(({ action }) => action === 'failed');
  const { headers, returned } = await readReturned(
    context.database,
    delivery,
    failed && mail.dsn.ret === 'FULL',
  );
  if (isAutomaticAnswer(headers)) return null;
  const raw = buildDsn({
    reporter: context.name,
    to: mail.mailFrom,
    language: await context.languageOf(mail.user, mail.mailFrom),
    envelopeId: mail.dsn.envid ?? mail.sendKey,
    queueId: mail.id,
    arrived: new Date(mail.queuedAt),
    now: new Date(now),
    messageId: `<${context.makeId('dsn')}@${context.name}>`,
    boundary: context.makeId('part'),
    recipients: notices.map((notice) => reportNotice(notice, mail.queuedAt, now)),
    returned,
    originalMessageId: mail.messageId,
    subject: findSubject(headers),
  });
  return { raw, about: notices.map(({ recipient }) => recipient.number) };
}

function reportNotice(
  { recipient, outcome, action }: Notice,
  queuedAt: Millis,
  now: Millis,
): ReportedRecipient {
  const saidByHost = outcome.code !== null && outcome.serverLine !== null;
  const digit = action === 'failed' ? 5 : action === 'delayed' ? 4 : 2;
  return {
    address: recipient.address,
    action,
    original: recipient.original,
    enhanced: withClass(outcome.enhanced ?? '0.0.0', digit),
    host: outcome.host,
    // Programs read English.
    diagnostic:
      outcome.serverLine ??
      (action === 'relayed'
        ? null
        : describeError(splitReason(outcome.reason ?? 'server-error'), 'en').message),
    saidByHost,
    reason: outcome.reason,
    gaveUp: action === 'failed' && now - queuedAt >= GIVE_UP_AFTER,
    lastAttempt: new Date(now),
    retryUntil: action === 'delayed' ? new Date(queuedAt + GIVE_UP_AFTER) : null,
  };
}
