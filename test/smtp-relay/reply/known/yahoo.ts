import type { KnownReplies } from './known-reply.ts';

const SEEN = 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/yahooinc.rb';

export const YAHOO: KnownReplies = {
  provider: 'Yahoo and AOL',
  replies: [
    {
      reply: "554 delivery error: dd This user doesn't have a yahoo.com account (***@yahoo.com)",
      stage: 'data',
      class: 'unknown-user',
      source: SEEN,
    },
    {
      reply: '552 1 Requested mail action aborted, mailbox not found',
      stage: 'data',
      class: 'unknown-user',
      source: SEEN,
    },
    {
      reply:
        '554 30 Sorry, your message to *****@aol.jp cannot be delivered. This mailbox is disabled (554.30)',
      stage: 'data',
      class: 'disabled',
      source: SEEN,
    },
    {
      reply: '554 delivery error: dd ****@yahoo.com is no longer valid.',
      stage: 'data',
      class: 'disabled',
      source: SEEN,
    },
    {
      reply:
        '421 4.7.0 [TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes',
      stage: 'sender',
      class: 'rate-limited',
      source: SEEN,
    },
    {
      reply: '421 4.7.1 [TS03] All messages from x.x.x.x permanently deferred',
      stage: 'sender',
      class: 'reputation',
      source: 'http://help.yahoo.com/kb/index?page=content&y=PROD_MAIL_MOBILE&locale=en_US&id=SLN3436',
    },
    {
      reply:
        '553 5.7.2 [TSS09] All messages from 192.0.2.25 will be permanently deferred; Retrying will NOT succeed. See https://postmaster.yahooinc.com/error-codes',
      stage: 'sender',
      class: 'reputation',
      source: SEEN,
    },
    {
      reply:
        "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.25, because the ip is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html",
      stage: 'session',
      class: 'blocked-ip',
      source: SEEN,
    },
    {
      reply:
        '554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes',
      stage: 'data',
      class: 'policy-spam',
      source: SEEN,
    },
    {
      reply:
        '550 5.7.9 This mail has been blocked because the sender is unauthenticated. Yahoo requires all senders to authenticate with either SPF or DKIM.',
      stage: 'data',
      class: 'unauthenticated',
      source: SEEN,
    },
    {
      reply: '450 User is receiving mail too quickly',
      stage: 'recipient',
      class: 'recipient-busy',
      source: SEEN,
    },
    {
      reply: '421 Max message per connection reached, closing transmission channel',
      stage: 'sender',
      class: 'busy',
      source: SEEN,
    },
    {
      reply: '550 relaying denied for <***@yahoo.com>',
      stage: 'recipient',
      class: 'relay-denied',
      source: SEEN,
    },
    {
      reply:
        '451 Message temporarily deferred due to unresolvable RFC.5321 from domain. See https://senders.yahooinc.com/error-codes#unresolvable-from-domain',
      stage: 'sender',
      class: 'sender-unknown',
      source: SEEN,
    },
    {
      reply:
        '554- (RTR:BL) http://postmaster.info.aol.com/errors/554rtrbl.html\n554  Connecting IP: 111.111.111.111',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://github.com/twisted1919/bounce-handler/blob/master/BounceHandler/rules.php',
    },
  ],
};
