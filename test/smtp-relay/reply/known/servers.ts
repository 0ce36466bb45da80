import type { KnownReplies } from './known-reply.ts';

const ONE = 'https://support.onesystems.ch/722126-%C3%9Cbersicht-h%C3%A4ufig-vorkommender-Fehlermeldungen';
const HANDLER = 'https://github.com/twisted1919/bounce-handler/blob/master/BounceHandler/rules.php';
const KOREAN = 'https://auctionpro.co.kr/?p=2544';

export const POSTFIX: KnownReplies = {
  provider: 'Postfix',
  replies: [
    {
      reply:
        '550 5.1.1 <Lordfrags.PmgDoC0V@forwarder.openhatch.org>: Recipient address rejected: User unknown in virtual alias table',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/openhatch/oh-mainline/issues/605',
    },
    {
      reply:
        '550 5.1.1 <andreasb@acc.umu.se>: Recipient address rejected: User unknown in local recipient table',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/fschulze/jumpnbump/issues/3',
    },
    {
      reply:
        '550 5.1.1 <m.chetan.kumar@linux.intel.com>: Recipient address rejected: User unknown in virtual mailbox table',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://lore.kernel.org/all/?q=m.chetan.kumar%40linux.intel.com',
    },
    { reply: '554 5.7.1 : Relay access denied', stage: 'recipient', class: 'relay-denied', source: ONE },
    {
      reply: '550 5.1.8 : Sender address rejected: Domain not found',
      stage: 'sender',
      class: 'sender-unknown',
      source: ONE,
    },
    {
      reply: '450 4.7.1 Client host rejected: cannot find your hostname, []',
      stage: 'recipient',
      class: 'reverse-dns',
      source: ONE,
    },
    {
      reply: '553 5.7.1 <user2@example.com>: Sender address rejected: not owned by user user2@example.com',
      stage: 'sender',
      class: 'sender-not-owned',
      source: 'https://github.com/r-raymond/nixos-mailserver/issues/9',
    },
    {
      reply: '421 4.7.0 Error: too many connections from ...',
      stage: 'session',
      class: 'busy',
      source: 'https://www.bytecamp.net/de/faq/email/zustellen.html',
    },
    {
      reply: '554 <unknown[111.111.111.000]>: Client host rejected: Access denied',
      stage: 'recipient',
      class: 'blocked-ip',
      source: HANDLER,
    },
  ],
};

export const EXIM: KnownReplies = {
  provider: 'Exim',
  replies: [
    {
      reply: '550 relay not permitted',
      stage: 'recipient',
      class: 'relay-denied',
      source:
        'https://www.exim.org/exim-html-current/doc/html/spec_html/ch-the_default_configuration_file.html',
    },
    { reply: '550 unrouteable address', stage: 'recipient', class: 'unknown-user', source: HANDLER },
    {
      reply: '451 Temporary local problem - please try later',
      stage: 'recipient',
      class: 'host-trouble',
      source: HANDLER,
    },
    {
      reply: '535 Incorrect authentication data',
      stage: 'login',
      class: 'auth-needed',
      source:
        'https://freeport-outlet.ru/en/oshibki-otpravki-i-varianty-ih-ustraneniya-ne-udaetsya-otpravit-ili-poluchit.html',
    },
  ],
};

export const SENDMAIL: KnownReplies = {
  provider: 'Sendmail',
  replies: [
    {
      reply: '550 5.1.1 xxxxx@yourdomain.com... User unknown',
      stage: 'recipient',
      class: 'unknown-user',
      source: HANDLER,
    },
    {
      reply: '451 4.1.8 Domain of sender address im@ssss.co.kr does not resolve',
      stage: 'sender',
      class: 'sender-unknown',
      source: KOREAN,
    },
    { reply: '553 5.3.5 system config error', stage: 'recipient', class: 'host-fault', source: HANDLER },
    {
      reply: '553 5.3.0 <xxxxx@yourdomain.com>... Addressee unknown, relay=[111.111.111.000]',
      stage: 'recipient',
      class: 'unknown-user',
      source: HANDLER,
    },
  ],
};

export const EXCHANGE: KnownReplies = {
  provider: 'Exchange Server',
  replies: [
    {
      reply: '550 5.7.1 Client does not have permissions to send as this sender',
      stage: 'data',
      class: 'sender-not-owned',
      source: 'https://pastebin.com/NYQrmvhJ',
    },
    {
      reply: '550 5.7.1 Unable to relay for userid@domain.com',
      stage: 'recipient',
      class: 'relay-denied',
      source: 'https://puffinknight.tistory.com/102',
    },
    {
      reply:
        "552 5.2.2 This message is larger than the current system limit or the recipient's mailbox is full. Create a shorter message body or remove attachments and try sending it again.",
      stage: 'data',
      class: 'mailbox-full',
      source: HANDLER,
    },
  ],
};

export const QMAIL: KnownReplies = {
  provider: 'qmail',
  replies: [
    {
      reply: "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      stage: 'recipient',
      class: 'relay-denied',
      source: 'https://cr.yp.to/software/qmail-1.03.tar.gz',
    },
    {
      reply: '553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)',
      stage: 'sender',
      class: 'sender-blocked',
      source: 'https://cr.yp.to/software/qmail-1.03.tar.gz',
    },
    { reply: '451 qq trouble in home directory', stage: 'data', class: 'host-trouble', source: ONE },
    {
      reply: '552 sorry, the spam message is detected (#5.6.0)',
      stage: 'data',
      class: 'policy-spam',
      source: HANDLER,
    },
  ],
};

export const HARAKA: KnownReplies = {
  provider: 'Haraka',
  replies: [
    {
      reply: '550 I cannot deliver mail for <k.e.-urban@arcor.de>',
      stage: 'recipient',
      class: 'relay-denied',
      source: 'https://github.com/haraka/Haraka/blob/master/connection.js',
    },
  ],
};

export const STALWART: KnownReplies = {
  provider: 'Stalwart',
  replies: [
    {
      reply: '550 5.1.2 Mailbox does not exist.',
      stage: 'recipient',
      class: 'unknown-user',
      source: 'https://github.com/stalwartlabs/stalwart/issues/2460',
    },
  ],
};

export const OPENSMTPD: KnownReplies = {
  provider: 'OpenSMTPD',
  replies: [
    {
      reply: '451 Temporary failure',
      stage: 'recipient',
      class: 'host-trouble',
      source: 'https://github.com/OpenSMTPD/OpenSMTPD/issues/546',
    },
  ],
};

export const CPANEL: KnownReplies = {
  provider: 'cPanel',
  replies: [
    {
      reply: '550 Outgoing mail from "" has been suspended.',
      stage: 'recipient',
      class: 'account-blocked',
      source: 'https://github.com/roundcube/roundcubemail/issues/8737',
    },
  ],
};
