import { foldAddress } from '../../../common/compose/recipients.ts';
import { makeId } from '../../../common/ids.ts';
import type { RecipientStatus } from '../../../common/shapes/status.ts';
import type { Clock } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { findOutbox, insertOutbox, removeOutbox, type OutboxRow } from './outbox-store.ts';
import { saveProblems } from '../problem-store.ts';

interface ResultCore {
  clock: Clock;
  random: (size: number) => Uint8Array;
}

/** What a relay tells of something that a rule sent, in the transaction that says that it was heard. */
export async function takeOutboxResult(
  tx: Writer,
  core: ResultCore,
  user: string,
  result: { sendKey: string; recipient: RecipientStatus },
): Promise<void> {
  const row = await findOutbox(tx, user, result.sendKey);
  if (row === null) return;
  if (result.recipient.state === 'accepted') await removeOutbox(tx, row);
  else if (result.recipient.state === 'failed') await settleFailure(tx, core, row, result.recipient);
}

/** What is known of a refusal; `reason` as the relay gives it. */
type Refusal = Pick<RecipientStatus, 'enhanced' | 'reason'>;

/**
 * Refused for good: once more in a form that more servers take, or the user is told. An answer to somebody who is not there
 * is nothing to tell.
 */
export async function settleFailure(
  tx: Writer,
  core: ResultCore,
  row: OutboxRow,
  refusal: Refusal,
): Promise<void> {
  const now = core.clock.now();
  const hopeless = isAboutRecipient(refusal);
  await removeOutbox(tx, row);
  if (hopeless && row.kind === 'answer') return;
  const again = hopeless ? null : makeSecondForm(row);
  if (again !== null) {
    await insertOutbox(tx, { ...row, ...again, sendKey: makeId('aut', core.random) }, now);
    return;
  }
  const reason = row.kind === 'forward' ? 'rule-forward-refused' : 'rule-answer-refused';
  const problem = { rule: null, reason, detail: foldAddress(row.recipient) } as const;
  await saveProblems(tx, row.user, [problem], { mail: row.mail, at: now });
}

/** Whether nobody of that address is there, in whatever form a mail comes (RFC 3463 3.2 and 3.3; 5.1.7 and 5.1.8 mean the sender). */
export function isAboutRecipient({ enhanced, reason }: Refusal): boolean {
  if (enhanced !== null && /^5\.(?:1\.[1-6]|2\.\d{1,3})$/.test(enhanced)) return true;
  return reason !== null && ABOUT_RECIPIENT.has(reason);
}

/** What no other form of the mail would mend; keys of the error texts. */
const ABOUT_RECIPIENT: ReadonlySet<string> = new Set(
  [
    'bad-address',
    'disabled',
    'loop',
    'mail-loop',
    'mailbox-full',
    'moved',
    'no-such-domain',
    'no-smtputf8',
    'null-mx',
    'suppressed',
    'unknown-user',
  ].map((word) => `recipient-refused/${word}`),
);

/**
 * What is tried after a refusal. Many smarthosts take no From but the account's own, and some no null sender: a forward goes inside
 * a mail of our own, an answer with the account's address as its envelope sender. Null: that was it.
 */
function makeSecondForm(row: OutboxRow): Pick<OutboxRow, 'form' | 'mailFrom'> | null {
  if (row.form === 'own') return null;
  return { form: 'own', mailFrom: row.answer?.from ?? row.mailFrom };
}
