import type { KnownReplies } from './known-reply.ts';

const UI = 'https://smtp.codes/unitedinternet/';
const IONOS_LIST = 'https://new-faq.comservice-ffo.de/smtp-fehlermeldungen-e-mail-fehler/';

export const GMX: KnownReplies = {
  provider: 'GMX and WEB.DE',
  replies: [
    {
      reply: '550-Requested action not taken: mailbox unavailable\n550 Failure sending mail. Try again later',
      stage: 'recipient',
      class: 'busy',
      source: 'https://github.com/jstedfast/MailKit/issues/968',
    },
    {
      reply:
        '554-gmx.net (mxgmx104) Nemesis ESMTP Service not available\n554-No SMTP service\n554-IP address is block listed.\n554 For explanation visit https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=198.51.100.42&r=1MNcgj-1ue23t3pyV-00S2YR',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://postmaster.gmx.com/en/error-messages',
    },
    {
      reply:
        '550-Requested action not taken: mailbox unavailable\n550-Reject due to policy restrictions.\n550 For explanation visit http://postmaster.gmx.com/en/error-messages?ip=136.243.54.13&c=poli',
      stage: 'session',
      class: 'policy-spam',
      source: 'https://postmaster.gmx.com/en/error-messages',
    },
    {
      reply:
        '554 Transaction failed\n554 Reject due to policy restrictions. For explanation visit https://web.de/email/senderguidelines?ip=81.169.146.161&c=hi',
      stage: 'data',
      class: 'policy-spam',
      source: 'https://postmaster.web.de/de/fehlermeldungen',
    },
    {
      reply:
        '550 <example@example.com>: Reject due to SPF policy. The originating IP of the message is not permitted by the domain owner',
      stage: 'data',
      class: 'unauthenticated',
      source: UI,
    },
    {
      reply: '550 <example@example.com>: Requested action not taken: mailbox unavailable',
      stage: 'recipient',
      class: 'unknown-user',
      source: UI,
    },
    {
      reply: '421 Rate limit reached. Please try again later',
      stage: 'session',
      class: 'rate-limited',
      source: IONOS_LIST,
    },
    {
      reply: '421 Reject due to policy violations',
      stage: 'session',
      class: 'reputation',
      source: IONOS_LIST,
    },
    {
      reply: '451 Requested action aborted: local error in processing',
      stage: 'data',
      class: 'host-trouble',
      source: IONOS_LIST,
    },
  ],
};

export const IONOS: KnownReplies = {
  provider: 'IONOS',
  replies: [
    {
      reply: '552-Requested mail action aborted: exceeded storage allocation',
      stage: 'recipient',
      class: 'mailbox-full',
      source: 'https://github.com/Erwane/whep',
    },
  ],
};

export const T_ONLINE: KnownReplies = {
  provider: 'T-Online',
  replies: [
    {
      reply:
        '554 IP=185.162.248.209 - None/bad reputation. Ask your postmaster for help or to contact tobr@rx.t-online.de for reset. (NOWL)',
      stage: 'session',
      class: 'reputation',
      source: 'https://bllmnn.de/2024/05/fehler-554-none-bad-reputation-beim-mailversand-an-t-online-de',
    },
    {
      reply:
        '554 IP=SERVERIP - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://www.spamresource.com/2020/06/whoops-t-onlinede-not-accepting-mail.html',
    },
    {
      reply: '550 message has been rejected due to spam or virus classification',
      stage: 'data',
      class: 'policy-spam',
      source: 'https://github.com/KumoCorp/kumomta/blob/main/assets/community/bounces.toml',
    },
    {
      reply:
        '554 Your access to this mail system has been rejected due to poor reputation of a domain used in message transfer',
      stage: 'data',
      class: 'reputation',
      source: 'https://github.com/KumoCorp/kumomta/blob/main/assets/community/bounces.toml',
    },
  ],
};

export const BYTECAMP: KnownReplies = {
  provider: 'Bytecamp',
  replies: [
    {
      reply: '450 4.7.1 Client host rejected: cannot find your reverse hostname',
      stage: 'recipient',
      class: 'reverse-dns',
      source: 'https://www.bytecamp.net/de/faq/email/zustellen.html',
    },
    {
      reply: '450 4.2.0 Recipient address rejected: Greylisted',
      stage: 'recipient',
      class: 'greylisted',
      source: 'https://www.bytecamp.net/de/faq/email/zustellen.html',
    },
    {
      reply: '571 5.7.1 message classified as spam (Nachricht als Spam eingestuft)',
      stage: 'data',
      class: 'policy-spam',
      source: 'https://www.bytecamp.net/de/faq/email/zustellen.html',
    },
  ],
};
