import { MAILMAN, SISIMAI, type Sample } from './sample.ts';

/** Other programs of Unix that write their notices without parts. */
export const sendmailSamples: Sample[] = [
  {
    name: 'Exim, a delay',
    source: 'sisimai/go-sisimai lhost/exim: warning',
    message: `Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@neko.example.com>
To: sironeko@neko.example.com
Subject: Warning: message 1aterf-0001Bs-Eq delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on neko.example.com.

The message identifier is:     neko222-nyaaan-22
The subject of the message is: Nyaan
The date of the message is:    Thu, 22 Apr 2016 23:34:45 +0900

The address to which the message has not yet been delivered is:

  kijitora@example.co.jp
    host mta-2.example.co.jp [192.0.2.222]
    Delay reason: SMTP error from remote mail server after MAIL FROM:<sironeko@neko.example.com> SIZE=1024:
    450 service permits 2 unverifyable sending IPs

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered.
`,
    expected: { messageId: null, recipients: [['kijitora@example.co.jp', 'delayed', null, 450]] },
  },
  {
    name: 'Sendmail 8.9',
    source: `${MAILMAN}sendmail_01`,
    message: `Auto-Submitted: auto-generated (failure)
From: Mail Delivery Subsystem <MAILER-DAEMON@banzai.nfg.nl>
To: mailman-users-admin@python.org
Subject: Returned mail: Too many hops 26 (25 max)

The original message was received at Sat, 14 Oct 2000 06:14:45 +0200
from uucp@localhost

   ----- The following addresses had permanent fatal errors -----
zzzzz@shaft.coal.nl
    (expanded from: zzzzz@nfg.nl)

   ----- Transcript of session follows -----
554 Too many hops 26 (25 max): from mailman-users-admin@python.org via localhost, to zzzzz@nfg.nl

   ----- Message header follows -----

Message header removed
`,
    expected: { messageId: null, recipients: [['zzzzz@shaft.coal.nl', 'failed', null, 554]] },
  },
  {
    name: 'Sendmail 5',
    source: `${SISIMAI}v5sendmail-02`,
    message: `From: Mail Delivery Subsystem <MAILER-DAEMON@example.com>
Subject: Returned mail: Host unknown
To: shironeko@example.jp

   ----- Transcript of session follows -----
550 neko.example.org (smtp)... 550 Host unknown
554 <kijitora@neko.example.org>... 550 Host unknown (Authoritative answer from name server)

   ----- Unsent message follows -----
Received: by mx5.example.com; (5.65/1.37) id 0000000;
    Wed, 27 Sep 1998 23:34:45 +0900
From: shironeko@example.jp
To: kijitora@neko.example.org
Subject: Nyaaan

Nyaaan
`,
    expected: { messageId: null, recipients: [['kijitora@neko.example.org', 'failed', null, 554]] },
  },
  {
    name: 'OpenSMTPD',
    source: `${SISIMAI}opensmtpd-03`,
    message: `Return-Path: <>
Subject: Delivery status notification: error
From: Mailer Daemon <MAILER-DAEMON@6jo.example.jp>
To: shironeko@example.jp

    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

kijitora@neko.example.jp: Domain does not exist

    Below is a copy of the original message:

Received: from [127.0.0.1] (localhost [127.0.0.1]);
\tby localhost (OpenSMTPD) with ESMTP id a6bdcb6d;
\tfor <kijitora@neko.example.jp>;
Subject: TEST
From: "Shironeko, Nyanko" <shironeko@example.jp>

TEST
`,
    expected: { messageId: null, recipients: [['kijitora@neko.example.jp', 'failed', null, null]] },
  },
  {
    name: 'Postfix of 2000, multipart/mixed',
    source: `${MAILMAN}postfix_01`,
    message: `MIME-Version: 1.0
Content-Type: multipart/mixed;
\tboundary="BDD021CF6B.970610818/dinsdale.python.org"
Message-Id: <20001003220658.7CE611CE55@dinsdale.python.org>
From: MAILER-DAEMON@python.org (Mail Delivery System)
To: mailman-developers-admin@python.org
Subject: Undelivered Mail Returned to Sender

This is a MIME-encapsulated message.

--BDD021CF6B.970610818/dinsdale.python.org
Content-Description: Notification
Content-Type: text/plain

This is the Postfix program at host dinsdale.python.org.

I'm sorry to have to inform you that the message returned
below could not be delivered to one or more destinations.

For further assistance, please contact <postmaster@python.org>

<xxxxx@local.ie>: host mail.local.ie[195.7.46.14] said: 550 5.1.1
    <xxxxx@local.ie>... User unknown

--BDD021CF6B.970610818/dinsdale.python.org
Content-Description: Undelivered Message
Content-Type: message/rfc822

Message-ID: <14810.22817.1234@dinsdale.python.org>
Subject: x

--BDD021CF6B.970610818/dinsdale.python.org--
`,
    expected: {
      messageId: '<14810.22817.1234@dinsdale.python.org>',
      recipients: [['xxxxx@local.ie', 'failed', '5.1.1', 550]],
    },
  },
];
