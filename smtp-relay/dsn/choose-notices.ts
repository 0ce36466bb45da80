import { HOUR, type Millis } from '../../common/time.ts';
import type { Outcome, QueuedMail, QueuedRecipient } from '../queue/queued-mail.ts';

/** What a DSN says of a recipient (RFC 3464 2.3.3); `relayed`: it went on to a host that sends no DSNs. */
export type NoticeAction = 'failed' | 'delayed' | 'relayed';

export interface Notice {
  recipient: QueuedRecipient;
  outcome: Outcome;
  action: NoticeAction;
}

/** A mail that will not have arrived by then is worth a word, once. */
const DELAY_WORTH_A_WORD: Millis = 4 * HOUR;

/** Which recipients the sender is told of after a try, as NOTIFY asks (RFC 3461 4.1); without NOTIFY: failures and delays. */
export function chooseNotices(
  mail: Pick<QueuedMail, 'mailFrom' | 'queuedAt'>,
  recipients: readonly QueuedRecipient[],
  outcomes: readonly Outcome[],
): Notice[] {
  // Nothing goes to the null sender: that is how circles end (RFC 5321 4.5.5).
  if (mail.mailFrom === '') return [];
  return outcomes.flatMap((outcome) => {
    const recipient = recipients.find((candidate) => candidate.number === outcome.number);
    const action = recipient === undefined ? null : chooseAction(mail.queuedAt, recipient, outcome);
    return recipient === undefined || action === null ? [] : [{ recipient, outcome, action }];
  });
}

function chooseAction(queuedAt: Millis, recipient: QueuedRecipient, outcome: Outcome): NoticeAction | null {
  const wanted = recipient.notify?.toUpperCase().split(',') ?? ['FAILURE', 'DELAY'];
  if (outcome.state === 'failed') return wanted.includes('FAILURE') ? 'failed' : null;
  if (outcome.state === 'accepted') {
    return wanted.includes('SUCCESS') && outcome.passesDsnOn !== true ? 'relayed' : null;
  }
  const late = outcome.nextTry !== null && outcome.nextTry >= queuedAt + DELAY_WORTH_A_WORD;
  return late && recipient.delayTold !== true && wanted.includes('DELAY') ? 'delayed' : null;
}

/**
 * Whether a mail is itself an answer of a program, whose sender nobody tells (RFC 3834 2, 4): two programs would write to
 * each other without end. `headers`: its header block.
 */
export function isAutomaticAnswer(headers: Buffer): boolean {
  const text = headers.toString('latin1').replace(/\r\n[ \t]+/g, ' ');
  return (
    /^auto-submitted:\s*auto-(replied|notified)\b/im.test(text) ||
    /^content-type:\s*multipart\/report\b/im.test(text)
  );
}
