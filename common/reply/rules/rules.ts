import { ACCOUNT_RULES, STRANGER_RULES } from './account-rules.ts';
import { CONTENT_RULES } from './content-rules.ts';
import { RECIPIENT_RULES, STATUS_RULES } from './recipient-rules.ts';
import type { ReplyRule } from './reply-rule.ts';
import { SENDER_RULES, TRAFFIC_RULES } from './sender-rules.ts';

/** What the code alone says, by the step at which it came. */
const CODE_RULES: readonly ReplyRule[] = [
  // 503 tells of the order of commands, not of the mail: our bug or theirs.
  { class: 'protocol', code: /^503$/ },
  // RFC 5321 4.5.3.1.10: a 552 to RCPT means 452, the rest of the recipients goes in the next transaction.
  { class: 'too-many-recipients', code: /^552$/, stages: ['recipient'] },
  { class: 'too-large', code: /^552$/ },
  { class: 'bad-address', code: /^501$/, stages: ['recipient'] },
  { class: 'sender-refused', code: /^5/, stages: ['sender'] },
  { class: 'recipient-refused', code: /^5/, stages: ['recipient'] },
  { class: 'mail-refused', code: /^5/, stages: ['data'] },
];

/** The first that fits counts: what is said about us before what is said about the mail, that before the address. */
export const RULES: readonly ReplyRule[] = [
  ...ACCOUNT_RULES,
  ...SENDER_RULES,
  ...TRAFFIC_RULES,
  ...CONTENT_RULES,
  ...RECIPIENT_RULES,
  ...STRANGER_RULES,
  ...STATUS_RULES,
  ...CODE_RULES,
];
