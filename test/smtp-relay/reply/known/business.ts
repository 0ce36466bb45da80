import type { KnownReplies } from './known-reply.ts';

const ZOHO_CODES = 'https://smtp.codes/zoho';
const MIMECAST_LIST =
  'https://mimecastsupport.zendesk.com/hc/en-us/articles/34000709564691-Policies-Mimecast-SMTP-Error-Codes';
const FASTMAIL_HELP = 'https://www.fastmail.com/help/send/undeliverable.html';

export const ZOHO: KnownReplies = {
  provider: 'Zoho',
  replies: [
    {
      reply: '550 5.1.1 <example@zoho.com> User unknown',
      stage: 'recipient',
      class: 'unknown-user',
      source: ZOHO_CODES,
    },
    {
      reply: '541 5.4.1 Mail rejected by destination domain',
      stage: 'recipient',
      class: 'restricted',
      source: ZOHO_CODES,
    },
    { reply: '452 4.3.1 Temporary System Error', stage: 'data', class: 'host-trouble', source: ZOHO_CODES },
    {
      reply: '550 5.7.1 Email rejected per DMARC policy for example.com',
      stage: 'data',
      class: 'dmarc',
      source: ZOHO_CODES,
    },
    {
      reply: '552 5.7.1 virus Win. Test. EICAR_HDB-1 detected by Zoho Mail',
      stage: 'data',
      class: 'virus',
      source: 'https://zstatic.zohostatic.com/zeptomail/help/api/smtp-error-codes.html',
    },
    {
      reply: '553 Relaying disallowed as <emailaddress>.',
      stage: 'sender',
      class: 'sender-not-owned',
      source: 'https://zstatic.zohostatic.com/zeptomail/help/api/smtp-error-codes.html',
    },
    {
      reply: '550 5.4.6 Unusual sending activity detected.',
      stage: 'data',
      class: 'account-blocked',
      source:
        'https://help.zoho.com/portal/en/community/topic/unable-to-send-message-reason-550-5-4-6-unusual-sending-activity-detected',
    },
    {
      reply: '554 5.1.8 Sender Address Blocked',
      stage: 'login',
      class: 'account-blocked',
      source: 'https://help.zoho.com/portal/en/community/topic/issue-with-outgoing-mail',
    },
    {
      reply: '554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam.',
      stage: 'recipient',
      class: 'policy-spam',
      source: 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/zoho.rb',
    },
    {
      reply: '451 4.7.1 Greylisted, try again after some time',
      stage: 'recipient',
      class: 'greylisted',
      source: 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/zoho.rb',
    },
  ],
};

export const FASTMAIL: KnownReplies = {
  provider: 'Fastmail',
  replies: [
    {
      reply:
        '550 5.1.1 <joebloggs@fastmail.com>: Recipient address rejected: User unknown in local recipient table',
      stage: 'recipient',
      class: 'unknown-user',
      source: FASTMAIL_HELP,
    },
    {
      reply:
        '554 5.7.1 <mail-pg1-f174.google.com[]>: Client host rejected: Address locked or deactivated; see http://mail.messagingengine.com/docs/locked.html',
      stage: 'recipient',
      class: 'disabled',
      source: 'https://brianjohnson.co.za/posts/avoid-fastmail/',
    },
  ],
};

export const PROTON: KnownReplies = {
  provider: 'Proton Mail (Bridge)',
  replies: [
    {
      reply: '451 4.0.0 backend: invalid return path: not owned by user',
      stage: 'sender',
      class: 'sender-not-owned',
      source: 'https://github.com/shenxn/protonmail-bridge-docker/issues/28',
    },
  ],
};

export const ADDY: KnownReplies = {
  provider: 'addy.io',
  replies: [
    {
      reply: '552 5.2.2 : Recipient address rejected: Address does not exist',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/anonaddy/anonaddy/issues/758',
    },
  ],
};

export const CLOUDFLARE: KnownReplies = {
  provider: 'Cloudflare Email Routing',
  replies: [
    {
      reply: '550 5.1.1 Address does not exist. xV1r0v6Deqaq',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/jsdelivr/jsdelivr/issues/18728',
    },
  ],
};

export const MIMECAST: KnownReplies = {
  provider: 'Mimecast',
  replies: [
    {
      reply: '452 Too many recipients',
      stage: 'recipient',
      class: 'too-many-recipients',
      source: MIMECAST_LIST,
    },
    { reply: '421 Sender address blocked', stage: 'session', class: 'blocked-ip', source: MIMECAST_LIST },
    {
      reply: '421 Unable to process connection at this time',
      stage: 'session',
      class: 'busy',
      source: MIMECAST_LIST,
    },
    {
      reply:
        '451 Internal resource is temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451 [Aj3QXapeMpqZYaeFwWhjzw.us32]',
      stage: 'recipient',
      class: 'greylisted',
      source: 'https://dwlistore.dwli.org/knowledgebase/444/Emails-Not-Sending-to-Mimecast-Recipients-.html',
    },
    {
      reply: '451 Recipient temporarily unavailable',
      stage: 'recipient',
      class: 'lookup',
      source: MIMECAST_LIST,
    },
    { reply: '451 Open relay not allowed', stage: 'recipient', class: 'relay-denied', source: MIMECAST_LIST },
    { reply: '550 Invalid Recipient', stage: 'recipient', class: 'unknown-user', source: MIMECAST_LIST },
    {
      reply: '550 Administrative prohibition envelope blocked',
      stage: 'recipient',
      class: 'sender-blocked',
      source: MIMECAST_LIST,
    },
    {
      reply: '550 Rejected by header-based Anti-Spoofing policy',
      stage: 'data',
      class: 'unauthenticated',
      source: MIMECAST_LIST,
    },
    {
      reply: '550 DMARC Sender Invalid - envelope rejected',
      stage: 'data',
      class: 'dmarc',
      source: MIMECAST_LIST,
    },
    {
      reply: '550 Local CT IP Reputation - (reject)',
      stage: 'session',
      class: 'reputation',
      source: MIMECAST_LIST,
    },
    {
      reply: '553 This route requires encryption (TLS)',
      stage: 'sender',
      class: 'tls-required',
      source: MIMECAST_LIST,
    },
    { reply: '554 Maximum email size exceeded', stage: 'data', class: 'too-large', source: MIMECAST_LIST },
    { reply: '554 Mail loop detected', stage: 'data', class: 'loop', source: MIMECAST_LIST },
  ],
};

export const PROOFPOINT: KnownReplies = {
  provider: 'Proofpoint',
  replies: [
    {
      reply: '550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.1.2',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://github.com/sisimai/rb-sisimai/blob/5-stable/lib/sisimai/rhost/apple.rb',
    },
  ],
};

export const BARRACUDA: KnownReplies = {
  provider: 'Barracuda',
  replies: [
    {
      reply:
        '554 Service unavailable; Client host [server1.mail.com] blocked using Barracuda Reputation; http://bbl.barracudacentral.com/q.cgi?ip=192.168.1.1',
      stage: 'data',
      class: 'blocked-ip',
      source: 'https://luxsci.com/blog/?p=16857',
    },
  ],
};

export const SMTP2GO: KnownReplies = {
  provider: 'SMTP2GO',
  replies: [
    {
      reply: '552 Your account has been suspended. Please contact us to reactivate',
      stage: 'recipient',
      class: 'account-blocked',
      source: 'https://github.com/gophish/gophish/issues/720',
    },
  ],
};
