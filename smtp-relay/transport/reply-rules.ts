import type { ErrorCode } from '../../common/errors.ts';

/** At which step a server said it: `session` is greeting, EHLO, STARTTLS; `login` is AUTH. */
export type Stage = 'session' | 'login' | 'sender' | 'recipient' | 'data';

export interface ReplyRule {
  /** Fits the whole reply, several lines joined by a blank. */
  pattern: RegExp;
  stages?: readonly Stage[];
  outcome: 'temporary' | 'permanent';
  reason: ErrorCode;
  /** A real reply that it was written for; the tests run over them. */
  example: string;
  stage: Stage;
}

/**
 * How replies are read beyond the class of their code, first match wins. Only where the code
 * alone would be wrong (a refusal that passes, or one that the user can mend) or where it does
 * not say what the user should hear.
 */
export const REPLY_RULES: readonly ReplyRule[] = [
  {
    pattern: /^5\d\d.*\b(5\.7\.30|basic authentication is (not supported|disabled))\b/i,
    outcome: 'temporary',
    reason: 'needs-sign-in',
    example: '550 5.7.30 Basic authentication is not supported for Client Submission.',
    stage: 'login',
  },
  {
    pattern: /^(530|535|538|534)\b|^5\d\d.*\b5\.7\.57\b|^5\d\d.*authentication (is )?required/i,
    outcome: 'temporary',
    reason: 'needs-sign-in',
    example:
      '530 5.7.57 Client not authenticated to send mail. [AM0PR01CA0091.eurprd01.prod.exchangelabs.com]',
    stage: 'sender',
  },
  {
    pattern:
      /^5\d\d.*\b5\.4\.5\b|^5\d\d.*(daily|hourly).*(limit|quota)|^5\d\d.*sending (limit|quota) exceeded/i,
    outcome: 'temporary',
    reason: 'too-many-tries',
    example:
      '550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to',
    stage: 'data',
  },
  {
    pattern:
      /^5\d\d.*(greylist|graylist|grey-list|try again later|temporarily (deferred|rejected|unavailable))/i,
    outcome: 'temporary',
    reason: 'server-error',
    example: '550 Greylisted, please try again later',
    stage: 'recipient',
  },
  {
    // RFC 5321 4.5.3.1.10: a 552 to RCPT means 452, the rest of the recipients goes in the next transaction.
    pattern: /^552\b(?!.*\b5\.(2\.2|3\.4|2\.3)\b)/,
    stages: ['recipient'],
    outcome: 'temporary',
    reason: 'server-error',
    example: '552 Too many recipients',
    stage: 'recipient',
  },
  {
    pattern: /^5\d\d.*\b5\.(3\.4|2\.3)\b|^552.*(size|large|big)/i,
    outcome: 'permanent',
    reason: 'too-large',
    example: '552 5.3.4 Message size exceeds fixed limit',
    stage: 'sender',
  },
  {
    pattern: /^[45]\d\d.*\b[45]\.2\.2\b|^[45]\d\d.*(mailbox|quota).*(full|exceeded)|over quota/i,
    stages: ['recipient', 'data'],
    outcome: 'permanent',
    reason: 'quota',
    example: "552-5.2.2 The recipient's inbox is out of storage space and inactive.",
    stage: 'recipient',
  },
  {
    pattern:
      /^5\d\d.*\b5\.7\.(26|60|509)\b|^5\d\d.*(send ?as ?denied|sender address rejected: not owned|dmarc)/i,
    outcome: 'permanent',
    reason: 'route-refused',
    example:
      "550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy.",
    stage: 'data',
  },
  {
    pattern: /^5/,
    stages: ['sender'],
    outcome: 'permanent',
    reason: 'route-refused',
    example: '550 5.1.8 <a@nowhere.example>: Sender address rejected: Domain not found',
    stage: 'sender',
  },
  {
    pattern: /^5/,
    stages: ['recipient'],
    outcome: 'permanent',
    reason: 'recipient-refused',
    example: '550 5.1.1 <nobody@example.org>: Recipient address rejected: User unknown',
    stage: 'recipient',
  },
];
