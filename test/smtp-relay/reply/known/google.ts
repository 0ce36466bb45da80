import type { KnownReplies } from './known-reply.ts';

/** The provider's own list. */
const LIST = 'https://support.google.com/a/answer/3726730';
/** The same with the links of the real replies. */
const SEEN = 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/google.rb';
const BOUNCES = 'https://github.com/KumoCorp/kumomta/blob/main/assets/community/bounces.toml';

export const GOOGLE: KnownReplies = {
  provider: 'Gmail',
  replies: [
    {
      reply:
        "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos or\n550-5.1.1 unnecessary spaces. Learn more at\n550 5.1.1  https://support.google.com/mail/?p=NoSuchUser - gsmtp",
      stage: 'recipient',
      class: 'unknown-user',
      source: LIST,
    },
    {
      reply:
        '550 5.2.1 The email account that you tried to reach is inactive. For more information, go to https://support.google.com/mail/?p=DisabledUser',
      stage: 'recipient',
      class: 'disabled',
      source: SEEN,
    },
    {
      reply:
        "452-4.2.2 The recipient's inbox is out of storage space. Please direct the\n452-4.2.2 recipient to\n452 4.2.2  https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
      stage: 'recipient',
      class: 'mailbox-full',
      source: SEEN,
    },
    {
      reply:
        "552-5.2.2 The recipient's inbox is out of storage space and inactive. Please\n552-5.2.2 direct the recipient to\n552 5.2.2  https://support.google.com/mail/?p=OverQuotaPerm - gsmtp",
      stage: 'recipient',
      class: 'mailbox-full',
      source: BOUNCES,
    },
    {
      reply:
        '450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.',
      stage: 'recipient',
      class: 'recipient-busy',
      source: LIST,
    },
    {
      reply:
        '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. For more information, visit https://support.google.com/mail/?p=ReceivingRatePerm',
      stage: 'recipient',
      class: 'recipient-busy',
      source: SEEN,
    },
    {
      reply:
        '450 4.2.1 Peak SMTP relay limit exceeded for customer. This is a temporary error. For more information on SMTP relay limits, please contact your administrator',
      stage: 'data',
      class: 'sending-limit',
      source: SEEN,
    },
    {
      reply:
        '550 5.4.5 Daily SMTP relay limit exceeded for user. For more information on SMTP relay sending limits please contact your administrator',
      stage: 'data',
      class: 'sending-limit',
      source: SEEN,
    },
    {
      reply: '421 4.7.0 IP not in whitelist for RCPT domain, closing connection.',
      stage: 'recipient',
      class: 'blocked-ip',
      source: LIST,
    },
    {
      reply:
        '421 4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address. To protect our users from spam, mail sent from your IP address has been temporarily blocked.',
      stage: 'data',
      class: 'rate-limited',
      source: LIST,
    },
    {
      reply: '421 4.4.5 Server busy, try again later.',
      stage: 'session',
      class: 'busy',
      source: LIST,
    },
    {
      reply: '421 4.3.0 Temporary System Problem. Try again later',
      stage: 'session',
      class: 'host-trouble',
      source: LIST,
    },
    {
      reply: '421 4.7.0 TLS required for RCPT domain, closing connection.',
      stage: 'recipient',
      class: 'tls-required',
      source: LIST,
    },
    {
      reply: '451 4.4.2 Timeout - closing connection.',
      stage: 'data',
      class: 'host-trouble',
      source: SEEN,
    },
    {
      reply:
        "452 4.5.3 Your message has too many recipients. For more information regarding Google's sending limits",
      stage: 'recipient',
      class: 'too-many-recipients',
      source: SEEN,
    },
    {
      reply:
        '452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a separate transaction.',
      stage: 'recipient',
      class: 'too-many-recipients',
      source: SEEN,
    },
  ],
};
