import type { KnownReplies } from './known-reply.ts';

const ATT = 'http://worldnet.att.net/general-info/bls_info/block_enduser.html';
const COMCAST = 'http://security.comcast.net/get-help/Mail-Delivery-Error-Messages.aspx';
const APPLE = 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/apple.rb';

export const ICLOUD: KnownReplies = {
  provider: 'iCloud',
  replies: [
    {
      reply: '550 5.1.1 <****@icloud.com>: inactive email address',
      stage: 'recipient',
      class: 'disabled',
      source: APPLE,
    },
    {
      reply: '550 5.1.1 unknown or illegal alias: ****@icloud.com',
      stage: 'recipient',
      class: 'unknown-user',
      source: APPLE,
    },
    {
      reply: '550 5.1.6 recipient no longer on server: *****@icloud.com',
      stage: 'recipient',
      class: 'moved',
      source: APPLE,
    },
    {
      reply: '552 5.2.2 <****@icloud.com>: user is over quota',
      stage: 'recipient',
      class: 'mailbox-full',
      source: APPLE,
    },
    {
      reply:
        "554 5.7.1 Your message was rejected due to example.jp's DMARC policy. See https://support.apple.com/en-us/HT204137 for",
      stage: 'data',
      class: 'dmarc',
      source: APPLE,
    },
    {
      reply:
        '554 5.7.1 [HME1] This message was blocked for failing both SPF and DKIM authentication checks. See https://support.apple.com/en-us/HT204137 for mailing best practices',
      stage: 'data',
      class: 'unauthenticated',
      source: APPLE,
    },
    {
      reply:
        '550 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
      stage: 'data',
      class: 'policy-spam',
      source: APPLE,
    },
    {
      reply:
        '550 5.7.1 Your email was rejected due to having a domain present in the Spamhaus DBL -- see https://www.spamhaus.org/dbl/',
      stage: 'data',
      class: 'reputation',
      source: APPLE,
    },
    {
      reply:
        '550 5.7.1 Mail from IP 192.0.2.1 was rejected due to listing in Spamhaus SBL. For details please see http://www.spamhaus.org/query/bl?ip=x.x.x.x',
      stage: 'sender',
      class: 'blocked-ip',
      source: APPLE,
    },
    {
      reply:
        '421 4.7.1 Messages to ****@icloud.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137',
      stage: 'recipient',
      class: 'rate-limited',
      source: APPLE,
    },
    {
      reply: '450 4.1.8 <kijitora@example.jp>: Sender address rejected: Domain not found',
      stage: 'sender',
      class: 'sender-unknown',
      source: APPLE,
    },
  ],
};

export const ATT_NET: KnownReplies = {
  provider: 'AT&T',
  replies: [
    { reply: '421-failure in DNS look-up.', stage: 'session', class: 'reverse-dns', source: ATT },
    { reply: '450 busy--Please try again later', stage: 'recipient', class: 'busy', source: ATT },
    { reply: '521 <0.0.0.0> is blocked', stage: 'session', class: 'blocked-ip', source: ATT },
    {
      reply: '550 [suspend] Mailbox currently suspended--Please contact correspondent directly.',
      stage: 'recipient',
      class: 'disabled',
      source: ATT,
    },
    {
      reply: '550 [permfail] bellsouth.net requires valid sender domain',
      stage: 'sender',
      class: 'sender-unknown',
      source: ATT,
    },
    {
      reply: '550 <0.0.0.0.> blocked by ldap:ou=rblmx, dc=bellsouth, dc=net',
      stage: 'recipient',
      class: 'blocked-ip',
      source: ATT,
    },
  ],
};

export const COMCAST_NET: KnownReplies = {
  provider: 'Comcast',
  replies: [
    { reply: '421 - [Too many sessions opened]', stage: 'session', class: 'busy', source: COMCAST },
    {
      reply: '421 - [Reverse DNS failure : Try again later]',
      stage: 'session',
      class: 'reverse-dns',
      source: COMCAST,
    },
    {
      reply:
        '554 example.com eaxmple.com 203.0.113.2 found on one or more DNSBLs, see http://postmaster.comcast.net/smtp-error-codes.php#BL000010',
      stage: 'session',
      class: 'blocked-ip',
      source:
        'https://www.plesk.com/kb/support/unable-to-send-mail-in-plesk-error-554-host-refused-to-talk-to-me/',
    },
  ],
};
