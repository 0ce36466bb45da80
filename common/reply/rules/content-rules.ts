import type { ReplyRule } from './reply-rule.ts';

/** About the mail itself. */
export const CONTENT_RULES: readonly ReplyRule[] = [
  { class: 'virus', text: /\bvirus\b.*\b(detected|found)\b|\b(infected|malware)\b/i },
  {
    class: 'content',
    text: /potential security issue|illegal attachment|attachment .*(not allowed|blocked)|content (denied|reject)|policy that prohibited/i,
  },
  { class: 'loop', text: /\bloop\b|too many hops|exceeded \d+ hops|hop count/i },
  { class: 'format', text: /rfc ?5?[38]22|bare (lf|line ?feed)|malformed|duplicate headers/i },
  { class: 'too-many-recipients', status: /^5\.3$/ },
  { class: 'too-many-recipients', text: /too many recipients/i },
  // Before what is too large: Exchange says both in one sentence, and the status is right.
  { class: 'mailbox-full', status: /^2\.2$/, text: /full|quota|storage|mailbox limit/i },
  {
    class: 'too-large',
    text: /(message|mail|size).*(too (large|big))|(message|email) .*size.*(exceed|limit)|exceed.*size/i,
  },
  {
    class: 'policy-spam',
    text: /\bspam\b|\bunsolicited\b|\bjunk\b|policy (reasons|restrictions)|local policy|\bDT:SPM\b/i,
  },
];
