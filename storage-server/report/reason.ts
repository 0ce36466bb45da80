import { parseReply } from '../../common/enhanced-status.ts';
import { findClass } from '../../common/reply/find-class.ts';
import { REPLY_CLASSES, type ReplyClassFacts } from '../../common/reply/reply-class.ts';

/** Statuses (RFC 3463) whose meaning people can be told, as keys of common/error-texts, by subject and detail. */
const REASONS: Record<string, string> = {
  '1.1': 'recipient-refused/unknown-user',
  '1.10': 'recipient-refused/unknown-user',
  '1.2': 'recipient-refused/no-such-domain',
  '1.3': 'recipient-refused/bad-address',
  '1.6': 'recipient-refused/moved',
  '2.1': 'recipient-refused/disabled',
  '2.2': 'recipient-refused/mailbox-full',
  '2.3': 'too-large/for-recipient',
  '3.4': 'too-large/for-recipient',
  '4.4': 'recipient-refused/no-such-domain',
  '4.6': 'recipient-refused/loop',
  '4.7': 'recipient-refused/never-reached',
  '7.1': 'recipient-refused/restricted',
};
const FAILED = 'recipient-refused/reported';
const DELAYED = 'server-error/reported-delay';

/** What no words told, only the code: the table above knows more then. */
const WORDLESS: ReadonlySet<string> = new Set([
  'recipient-refused',
  'recipient-refused/mail',
  'route-refused',
]);

/** Why another host says that it failed, or that it takes longer, as a key of common/error-texts. */
export function chooseReason(
  failed: boolean,
  { enhanced, code, line }: { enhanced: string | null; code: number | null; line: string | null },
): string {
  if (!failed) return DELAYED;
  const said = line === null ? null : readWords(line, code, enhanced);
  if (said !== null) return said;
  const detail = /^[45]\.(\d+\.\d+)$/.exec(enhanced ?? '')?.[1] ?? '';
  return REASONS[detail] ?? FAILED;
}

/** What the words of the last host mean; null when they say no more than that it failed. */
function readWords(line: string, code: number | null, enhanced: string | null): string | null {
  const parsed = parseReply(line);
  const reply = parsed ?? { code: code ?? 550, enhanced, text: line };
  const facts: ReplyClassFacts =
    REPLY_CLASSES[findClass({ ...reply, enhanced: reply.enhanced ?? enhanced }, 'recipient', 'mx')];
  // What passes, or concerns an account there, is nothing that the sender can be told of a failure.
  const tells = facts.outcome === 'as-code' && facts.concerns !== 'account' && !WORDLESS.has(facts.reason);
  return tells && facts.reason !== REPLY_CLASSES['host-trouble'].reason ? facts.reason : null;
}
