import { FLANKER, MAILMAN, SISIMAI, type Sample } from './sample.ts';

/** Providers that write their notices without parts. */
export const providerSamples: Sample[] = [
  {
    name: 'Gmail before 2013, quoted-printable',
    source: `${SISIMAI}us-google-02`,
    message: `Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: sender@gmail.com
X-Failed-Recipients: aougoueioaldljgoiuiorghladkgke@example.fr
Subject: Delivery Status Notification (Failure)
Content-Type: text/plain; charset=ISO-8859-1
Content-Transfer-Encoding: quoted-printable

Delivery to the following recipient failed permanently:

     aougoueioaldljgoiuiorghladkgke@example.fr

Technical details of permanent failure:=20
Google tried to deliver your message, but it was rejected by the recipient =
domain. The error that the other server return=
ed was: 550 550 5.1.1 user unknown (UserSearch) (state 14).

----- Original message -----

Received: by 10.143.14.8 with SMTP id r8mr7773460wfi.198.1286147214334;
        Sun, 03 Oct 2010 16:06:54 -0700 (PDT)
Message-Id: <45B7FBD7-1218-4FCD-ACA1-4706F111E682@gmail.com>
To: aougoueioaldljgoiuiorghladkgke@example.fr
Content-Type: text/plain; charset=3DUS-ASCII; format=3Dflowed

est
`,
    expected: {
      messageId: '<45B7FBD7-1218-4FCD-ACA1-4706F111E682@gmail.com>',
      recipients: [['aougoueioaldljgoiuiorghladkgke@example.fr', 'failed', '5.1.1', 550]],
    },
  },
  {
    name: 'Gmail, no such domain',
    source: `${FLANKER}bounce/gmail-no-dns.eml`,
    message: `Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
X-Failed-Recipients: user@example.comm
Subject: Delivery Status Notification (Failure)
Content-Type: text/plain; charset=ISO-8859-1

Delivery to the following recipient failed permanently:

     user@example.comm

Technical details of permanent failure:
DNS Error: Domain name not found

----- Original message -----

MIME-Version: 1.0
Subject: Hi
To: user@example.comm

Hello
`,
    expected: { messageId: null, recipients: [['user@example.comm', 'failed', null, null]] },
  },
  {
    name: 'Yahoo',
    source: `${MAILMAN}yahoo_01`,
    message: `From: MAILER-DAEMON@yahoo.com
To: aaaaa@yahoo.com
Subject: failure delivery

Message from  yahoo.com.
Unable to deliver message to the following address(es).

<userx@example.com>:
Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)
I'm not going to try again; this message has been in the queue too long.

--- Original message follows.

Message removed
`,
    expected: { messageId: null, recipients: [['userx@example.com', 'failed', '4.4.1', null]] },
  },
  {
    name: 'SBC of Yahoo',
    source: `${MAILMAN}simple_05`,
    message: `Return-Path: <MAILER-DAEMON@sb7.songbird.com>
From: MAILER-DAEMON@sbcglobal.net
To: century-announce-bounces@grizz.org
Subject: Delivery failure

Message from sbcglobal.net.
Unable to deliver message to the following address(es).

<userx@example.net>:
This user doesn't have a sbcglobal.net account (userx@example.net) [-9]

--- Original message follows.

Message removed
`,
    expected: { messageId: null, recipients: [['userx@example.net', 'failed', null, null]] },
  },
  {
    name: 'GMX',
    source: `${SISIMAI}de-gmx-04`,
    message: `Return-Path:
From: MAILER-DAEMON@mail.gmx.com
To: shironeko@mail.example.com
Subject: Mail delivery failed: returning message to sender
Content-Type: text/plain; charset=utf-8

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

<kijitora@6jo.example.co.jp>

Reason:
delivery retry timeout exceeded


--- The header of the original message is following. ---

Received: from [192.0.2.135] by 3capp-mailcom-lxa02.server.lan (via
HTTP); Sat, 29 Nov 2014 00:33:08 +0100
Message-ID: <trinity-8bc3e11d-1417217587540@3capp-mailcom-lxa02>
To: kijitora@6jo.example.co.jp
Subject: Nyaaaaaan
`,
    expected: {
      messageId: '<trinity-8bc3e11d-1417217587540@3capp-mailcom-lxa02>',
      recipients: [['kijitora@6jo.example.co.jp', 'failed', null, null]],
    },
  },
  {
    name: '1&1',
    source: `${SISIMAI}de-einsundeins-01`,
    message: `From: "Mail Delivery System" <mailer-daemon@kundenserver.de>
To: user1@xxxxxxxxxxxxxxxxxxx.pt
Subject: Mail delivery failed: returning message to sender
Content-Type: text/plain; charset=utf-8

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error.

The following address failed:

general@example.eu

For the following reason:

Mail size limit exceeded. For explanation visit
http://postmaster.1and1.com/en/error-messages?ip=%1s

--- The header of the original message is following. ---

Received: (qmail 22456 invoked from network); 23 Dec 2014 20:39:27 -0000
Message-ID: <2014122.Horde.aVib3NKNmpMSMBPv_KPp-w9@mail.xxx.pt>
To: Joaquim <general@example.eu>
In-Reply-To: <CAA5-N8cB+mrTuqRQbqPrrSVApLorXtyeVqV3tw1=DgMFUsQ@mail.gmail.com>
`,
    expected: {
      messageId: '<2014122.Horde.aVib3NKNmpMSMBPv_KPp-w9@mail.xxx.pt>',
      recipients: [['general@example.eu', 'failed', null, null]],
    },
  },
  {
    name: 'Mail.Ru, in Russian first',
    source: `${SISIMAI}ru-mailru-04`,
    message: `Return-path: <>
X-Failed-Recipients: kijitora@example.jp
From: mailer-daemon@corp.mail.ru
To: shironeko@mail.example.ru
Content-Type: text/plain; charset=utf-8
Subject: =?UTF-8?B?0JLQsNGI0LUg0YHQvtC+0LHRidC10L3QuNC1INC90LUg0LTQvtGB0YLQsNCy0LvQtdC90L4=?=. Mail failure.

К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:

  kijitora
    SMTP error from remote mail server after RCPT TO:<kijitora@example.jp>:
    host mx.example.jp [192.0.2.222]: 550 5.1.1 <kijitora@example.jp>... User Unknown

Рекомендуем Вам проверить корректность указания адресов получателей.

------ This is a copy of the message, including all the headers. ------

Return-path: <shironeko@mail.example.ru>
Message-Id: <8F3CE2D8-D60E-48C3-B9AF-BED628EE2CA5@mail.example.ru>
To: kijitora@example.jp
`,
    expected: {
      messageId: '<8F3CE2D8-D60E-48C3-B9AF-BED628EE2CA5@mail.example.ru>',
      recipients: [['kijitora@example.jp', 'failed', '5.1.1', 550]],
    },
  },
  {
    name: 'Zoho, header fields without spaces',
    source: `${SISIMAI}us-zoho-03`,
    message: `From: mailer-daemon@mail.zoho.com
To: shironeko@zoho.example.com
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/mixed;
    boundary="----=_Part_873_1744249839.1418381367173"

------=_Part_873_1744249839.1418381367173
Content-Type: text/plain; charset="UTF-8"

This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

shironeko@example.org Invalid Address, ERROR_CODE :550, ERROR_CODE :Requested action not taken: mailbox unavailable


Received:from mail.zoho.com by mx.zohomail.com
    with SMTP id 1418381365566172.6749913299642; Fri, 12 Dec 2014 02:49:25 -0800 (PST)
Message-ID:<14a3e1e110a.b4fa4ce310535.5193856207448782548@zoho.example.com>
To:<shironeko@example.org>
------=_Part_873_1744249839.1418381367173--
`,
    expected: {
      messageId: '<14a3e1e110a.b4fa4ce310535.5193856207448782548@zoho.example.com>',
      recipients: [['shironeko@example.org', 'failed', null, 550]],
    },
  },
];
