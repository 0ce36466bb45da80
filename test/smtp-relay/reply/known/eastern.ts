import type { KnownReplies } from './known-reply.ts';

const KUMO = 'https://github.com/KumoCorp/kumomta/blob/main/assets/community/bounces.toml';
const INTERIA_HELP =
  'https://pomoc.poczta.interia.pl/news-dlaczego-wiadomosc-nie-zostala-dostarczona,nId,6589600';
const GR = 'https://support.grhosting.cz/kb/a290/email-se-vratil-odesilateli-jako-nedorucitelny.aspx';

export const YANDEX: KnownReplies = {
  provider: 'Yandex',
  replies: [
    {
      reply: '553 5.7.1 Sender address rejected: not owned by auth user.',
      stage: 'sender',
      class: 'sender-not-owned',
      source: 'https://github.com/splitbrain/dokuwiki-plugin-smtp/issues/38',
    },
    {
      reply: '554 5.7.1 Message rejected under suspicion of SPAM',
      stage: 'data',
      class: 'policy-spam',
      source: 'https://yandex.com/support/mail/bounces/yandex/message-rejected-under-suspicion-of-spam.html',
    },
    {
      reply:
        '554 5.7.1 Service unavailable; Client host [::1] blocked by spam statistics - see http://feedback.yandex.ru/?from=mail-rejects&subject=::1',
      stage: 'session',
      class: 'blocked-ip',
      source: 'https://yandex.com/support/mail/bounces/yandex/message-rejected-under-suspicion-of-spam.html',
    },
    {
      reply: '550 5.7.1 SPF check failed: IP_host is not authorized to send in the name of domain_name.',
      stage: 'recipient',
      class: 'unauthenticated',
      source: 'https://www.yandex.com/support/mail/bounces/other.html',
    },
  ],
};

export const MAIL_RU: KnownReplies = {
  provider: 'mail.ru',
  replies: [
    {
      reply:
        '550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=37o1uvXUfWYxWJiJJ-wYxPhLrs9SgNsqDKLqJ1_v5c0HAAAAG8gAAGfRbRs~ or  report details to abuse@corp.mail.ru. Error code: BA35BADF667DD4F589985831C418EC27CFAE4BF82ADB805227EAA20CCDE5EF5F. ID: 000000070',
      stage: 'data',
      class: 'policy-spam',
      source: 'https://errorsmaster.ru/oshibka-550-spam-message-rejected',
    },
    {
      reply:
        '550 5.7.1 This message was not accepted due to domain owner DMARC policy (RFC 7489) https://help.mail.ru/mail-help/postmaster/dmarc',
      stage: 'data',
      class: 'dmarc',
      source: 'https://viws.ru/en/poterya-pochtovyh-soobshchenii-oshibki-pochtovoi-sistemy.html',
    },
    {
      reply:
        '550 Message was not accepted -- invalid mailbox.  Local mailbox user@mail.ru is unavailable: account is disabled',
      stage: 'data',
      class: 'disabled',
      source: KUMO,
    },
    {
      reply: '550 message sending for this account is disabled',
      stage: 'sender',
      class: 'account-blocked',
      source: 'https://mailout.ru/2015/09',
    },
  ],
};

export const RU_CENTER: KnownReplies = {
  provider: 'RU-CENTER',
  replies: [
    {
      reply: '451 domain.ru prohibited. Disk quota exceeded',
      stage: 'recipient',
      class: 'mailbox-full',
      source: 'https://nic.ru/help/mail-diagnostics-and-troubleshooting_14426.html',
    },
    {
      reply: '451 Please try another server',
      stage: 'recipient',
      class: 'greylisted',
      source: 'https://nic.ru/help/mail-diagnostics-and-troubleshooting_14426.html',
    },
  ],
};

export const WP: KnownReplies = {
  provider: 'WP',
  replies: [
    {
      reply: "554 We can't accept this message because it is spam",
      stage: 'data',
      class: 'policy-spam',
      source: KUMO,
    },
  ],
};

export const INTERIA: KnownReplies = {
  provider: 'Interia',
  replies: [
    { reply: '550 5.1.1 Account not found', stage: 'recipient', class: 'unknown-user', source: INTERIA_HELP },
    { reply: '550 5.2.1 Mailbox not available', stage: 'recipient', class: 'disabled', source: INTERIA_HELP },
    {
      reply: "550 5.7.1 Recipient doesn't want your mail",
      stage: 'recipient',
      class: 'sender-blocked',
      source: INTERIA_HELP,
    },
    {
      reply: '550 5.7.0 [SPF] host (host number) is not allowed to send mail from domain',
      stage: 'sender',
      class: 'unauthenticated',
      source: INTERIA_HELP,
    },
  ],
};

export const GR_HOSTING: KnownReplies = {
  provider: 'GR hosting (Forpsi)',
  replies: [
    {
      reply: '552 5.1.1 5.2.2 sorry, final recipient mailbox is full (chkuser)',
      stage: 'recipient',
      class: 'mailbox-full',
      source: GR,
    },
    {
      reply: '550 5.1.1 <xxx> sender is blacklisted',
      stage: 'recipient',
      class: 'sender-blocked',
      source: GR,
    },
    {
      reply: '552 5.2.0 0biL1i00V1cmcpM01biL4w spam detected',
      stage: 'data',
      class: 'policy-spam',
      source: GR,
    },
    {
      reply: '550 5.1.0 0bcW1i00G0jifNx01bcmHa blocked by SPF',
      stage: 'sender',
      class: 'unauthenticated',
      source: GR,
    },
    {
      reply: '550 5.1.1 Sorry, no mailbox here by that name.',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://faq.c4.cz/odeslany-e-mail-se-vraci-zpet-s-chybou',
    },
  ],
};
