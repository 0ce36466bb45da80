import type { ReplyRule } from './reply-rule.ts';

/** A mailbox, where it is not ours: what is said of the sender's account or of the client's address is about us. */
const MAILBOX = String.raw`(?<!\b(?:your|sender|sending|client|helo|ehlo|host|ip)(?:'s)?[ -](?:e?-?mail )?)\b(?:mail ?box|mbox|inbox|user|account|recipient|addressee|address(?! \[?(?:\d+\.\d+\.\d+\.|[\da-f]+:[\da-f]*:))|alias|destinataire)\b`;
const CLOSED = String.raw`\b(?:inactive|disabled|deactivated|suspended|archived|archivee)\b`;
/** Words that come with a status of security or policy (RFC 3463 3.8) are about us or the mail, whatever they resemble. */
const NO_POLICY = /^(?!7\.)/;

/** About the address. */
export const RECIPIENT_RULES: readonly ReplyRule[] = [
  {
    class: 'relay-denied',
    text: /relay(ing)?( access)? (is |has been )?(denied|disallowed|prohibited|disabled)|relay(ing)? (is )?not (permitted|allowed)|unable to relay|rcpthosts|cannot deliver mail for/i,
  },
  {
    class: 'mailbox-full',
    text: /over ?quota|quota exceeded|(mailbox|inbox|storage) .*(full|exceeded|out of)|boite .*pleine|exceeded storage/i,
  },
  {
    class: 'disabled',
    status: NO_POLICY,
    text: new RegExp(
      `${MAILBOX}.{0,40}${CLOSED}|@\\S+ is ${CLOSED}|${CLOSED} (?:e?-?mail )?${MAILBOX}|(?:@|${MAILBOX}).{0,60}no longer (?:valid|active)|${MAILBOX} is ?blocked`,
      'i',
    ),
    stages: ['recipient', 'data'],
  },
  // Fastmail says it of the recipient, in a check of the client.
  { class: 'disabled', text: /address locked or deactivated/i, stages: ['recipient', 'data'] },
  { class: 'moved', text: /no longer on server|has moved/i },
  { class: 'moved', status: /^1\.6$/ },
  { class: 'bad-address', text: /bad address syntax|invalid address syntax/i },
  {
    class: 'restricted',
    text: /not authenticated for|allowed-senders|delivery not authori[sz]ed|rejected by destination domain/i,
  },
  { class: 'lookup', text: /recipient temporarily unavailable|temporary lookup|unverified address/i },
  // A 5xx that says of itself that it passes.
  { class: 'busy', code: /^5/, text: /try again later|temporarily (deferred|rejected|unavailable)/i },
  // Postfix gives access maps and milters a status of policy.
  {
    class: 'unknown-user',
    code: /^5/,
    text: /recipient address rejected: (user unknown|no such user|unknown user)/i,
  },
  {
    class: 'unknown-user',
    code: /^5/,
    status: NO_POLICY,
    text: new RegExp(
      `${MAILBOX}.{0,60}\\b(?:unknown|not found|n't exist|not exist|unavailable)|(?:unknown|no such|invalid|illegal)(?: or illegal)? (?:user|recipient|mailbox|alias|address(?! \\[?(?:\\d+\\.\\d+\\.\\d+\\.|[\\da-f]+:[\\da-f]*:)))|doesn't have a .*account|no mailbox|unrouteable`,
      'i',
    ),
    stages: ['recipient', 'data'],
  },
  { class: 'unknown-user', status: /^4\.1$/, text: /recipient address rejected: access denied/i },
  { class: 'unreachable', text: /message expired|connection (reset|refused)/i },
];

/** What the enhanced status alone says (RFC 3463 and its registry), where no words did. */
export const STATUS_RULES: readonly ReplyRule[] = [
  { class: 'unknown-user', status: /^1\.(1|10)$/ },
  { class: 'unknown-domain', status: /^1\.2$/ },
  { class: 'bad-address', status: /^1\.3$/ },
  { class: 'sender-unknown', status: /^1\.[78]$/ },
  { class: 'disabled', status: /^2\.1$/, stages: ['recipient', 'data'] },
  { class: 'mailbox-full', status: /^2\.2$/ },
  { class: 'too-large', status: /^(2\.3|3\.4)$/ },
  { class: 'lookup', status: /^4\.3$/ },
  { class: 'loop', status: /^4\.6$/ },
  { class: 'no-smtputf8', status: /^6\.7$/ },
  { class: 'format', status: /^6\./ },
  { class: 'host-fault', status: /^3\./, code: /^5/, stages: ['sender', 'recipient', 'data'] },
  { class: 'host-trouble', status: /^3\./ },
];
