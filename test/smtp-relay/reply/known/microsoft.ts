import type { KnownReplies } from './known-reply.ts';

const LIST =
  'https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online';
const SEEN = 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/microsoft.rb';

export const EXCHANGE_ONLINE: KnownReplies = {
  provider: 'Exchange Online',
  replies: [
    {
      reply:
        '550 5.4.1 [trinik.lemon@dhs.ga.gov]: Recipient address rejected: Access denied [CY1GCC01FT007.eop-gcc01.prod.protection.outlook.com]',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://pastebin.com/32NXKByX',
    },
    {
      reply:
        '550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [PR2FRA01FT009.eop-fra01.prod.protection.outlook.com]',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/zone-eu/zone-mta/pull/214',
    },
    {
      reply:
        '550 5.7.606 Access denied, banned sending IP [185.234.72.45]. To request removal from this list please visit https://sender.office.com/ and follow the directions. For more information please go to http://go.microsoft.com/fwlink/?LinkID=526655 AS(1430)',
      stage: 'recipient',
      class: 'blocked-ip',
      source: 'https://pastebin.com/EH1TUb0X',
    },
    {
      reply:
        '550 5.7.60 SMTP; Client does not have permissions to send as this sender [BY2PR1001MB1094.namprd10.prod.outlook.com]',
      stage: 'data',
      class: 'sender-not-owned',
      source: 'https://pastebin.com/wtU9XT6T',
    },
    {
      reply:
        '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
      stage: 'login',
      class: 'smtp-off',
      source: 'https://aka.ms/smtp_auth_disabled',
    },
    {
      reply: '550 5.7.30 Basic authentication is not supported for Client Submission.',
      stage: 'login',
      class: 'basic-auth-off',
      source:
        'https://techcommunity.microsoft.com/blog/exchange/exchange-online-to-retire-basic-auth-for-client-submission-smtp-auth/4114750',
    },
    {
      reply: '432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded',
      stage: 'data',
      class: 'recipient-busy',
      source: LIST,
    },
    {
      reply: "550 5.2.121 Recipient's per hour message receive limit from specific sender exceeded",
      stage: 'data',
      class: 'recipient-busy',
      source: SEEN,
    },
    {
      reply:
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
      stage: 'data',
      class: 'sending-limit',
      source: SEEN,
    },
    {
      reply: '550 5.7.509 Access denied, sending domain [$SenderDomain] does not pass DMARC verification',
      stage: 'data',
      class: 'dmarc',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.513 Service unavailable, Client host [$ConnectingIP] blocked by $recipientDomain using Customer Block list (AS16012607)',
      stage: 'recipient',
      class: 'blocked-ip',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.25 Access denied, the sending IPv6 address [2a01:111:f200:2004::240] must have a reverse DNS record',
      stage: 'recipient',
      class: 'reverse-dns',
      source: SEEN,
    },
    {
      reply:
        '450 4.7.26 Access denied, a message sent over IPv6 [2a01:111:f200:2004::240] must pass either SPF or DKIM validation, this message is not signed',
      stage: 'data',
      class: 'unauthenticated',
      source: SEEN,
    },
    {
      reply: '550 5.1.8 Access denied, bad outbound sender',
      stage: 'data',
      class: 'account-blocked',
      source: SEEN,
    },
    {
      reply: '550 5.7.1 Unable to relay',
      stage: 'recipient',
      class: 'relay-denied',
      source: SEEN,
    },
    {
      reply: '554 5.4.6 Hop count exceeded - possible mail loop',
      stage: 'data',
      class: 'loop',
      source: SEEN,
    },
    {
      reply: '550 5.4.318 Message expired, connection reset (SuspiciousRemoteServerError)',
      stage: 'data',
      class: 'unreachable',
      source: SEEN,
    },
    {
      reply: '451 4.7.500 Server busy. Please try again later from [192.0.2.2]. (AS761)',
      stage: 'recipient',
      class: 'busy',
      source: SEEN,
    },
  ],
};

export const OUTLOOK_COM: KnownReplies = {
  provider: 'Outlook.com',
  replies: [
    {
      reply:
        "550 5.7.1 Unfortunately, messages from [10.0.2.5] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
      stage: 'sender',
      class: 'blocked-ip',
      source: SEEN,
    },
    {
      reply:
        '451 4.7.650 The mail server [192.0.2.5] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S775)',
      stage: 'sender',
      class: 'rate-limited',
      source: SEEN,
    },
    {
      reply: '451 4.7.700 PFA agent busy, please try again. [***.***.prod.protection.outlook.com]',
      stage: 'sender',
      class: 'busy',
      source: SEEN,
    },
    {
      reply: '550 5.5.0 Requested action not taken: mailbox unavailable',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/outlook.rb',
    },
  ],
};
