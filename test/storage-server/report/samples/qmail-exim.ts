import { MAILMAN, SISIMAI, type Sample } from './sample.ts';

/** qmail and Exim, which write their notices without parts. */
export const qmailSamples: Sample[] = [
  {
    name: 'qmail, two recipients',
    source: `${SISIMAI}qmail-02`,
    message: `Return-Path: <>
From: MAILER-DAEMON@vagrant-centos65.vagrantup.com
To: kijitora@example.jp
Subject: failure notice

Hi. This is the qmail-send program at vagrant-centos65.vagrantup.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<userunknown@example.jp>:
192.0.2.153 does not like recipient.
Remote host said: 550 5.1.1 <userunknown@example.jp>... User Unknown
Giving up on 192.0.2.153.

<filtered@example.jp>:
192.0.2.153 does not like recipient.
Remote host said: 550 5.2.1 <filtered@example.jp>... User Unknown
Giving up on 192.0.2.153.

--- Below this line is a copy of the message.

Return-Path: <shironeko@example.jp>
Received: (qmail 18901 invoked by uid 0); 1 Jul 2014 08:30:40 -0000
Subject: TEST #4
From: shironeko@example.jp

TEST
`,
    expected: {
      messageId: null,
      recipients: [
        ['userunknown@example.jp', 'failed', '5.1.1', 550],
        ['filtered@example.jp', 'failed', '5.2.1', 550],
      ],
    },
  },
  {
    name: 'qmail, too long in the queue',
    source: `${SISIMAI}qmail-07`,
    message: `Return-Path: <>
From: MAILER-DAEMON@example.jp
To: shironeko@example.ad.jp
Subject: failure notice

Hi. This is the qmail-send program at MTA.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<kijitora@example.jp>:
Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)
I'm not going to try again; this message has been in the queue too long.

--- Below this line is a copy of the message.
`,
    expected: { messageId: null, recipients: [['kijitora@example.jp', 'failed', '4.4.1', null]] },
  },
  {
    name: 'Exim 4',
    source: `${SISIMAI}exim-03`,
    message: `Message-Id: <E1P1crI-0001W9-OO@marutamachi.example.org>
X-Failed-Recipients: kijitora@example.jp
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@marutamachi.example.org>
To: shironeko@example.jp
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  kijitora@example.or.jp
    SMTP error from remote mail server after end of data:
    host mx.example.jp [192.0.2.20]: 554 5.7.0 Header error

------ This is a copy of the message, including all the headers. ------

Return-path: <shironeko@example.jp>
Received: from localhost ([127.0.0.1])
\tby marutamachi.example.org with smtp (Exim 4.72)
\tid 1P1cqy-0001Tl-9p
\tfor kijitora@example.jp; Fri, 01 Oct 2010 19:28:55 +0900
Message-Id: <hogeuoiuadogalhg.dg9i09@example.jp>
From: shironeko@example.jp
To: kijitora@example.or.jp
Subject: Nyaaan

Nyaaan
`,
    expected: {
      messageId: '<hogeuoiuadogalhg.dg9i09@example.jp>',
      recipients: [
        ['kijitora@example.or.jp', 'failed', '5.7.0', 554],
        ['kijitora@example.jp', 'failed', '5.7.0', 554],
      ],
    },
  },
  {
    name: 'Exim 2',
    source: `${MAILMAN}exim_01`,
    message: `X-Failed-Recipients: userx@its.example.nl
From: Mail Delivery System <Mailer-Daemon@rotzorg.org>
To: user@rotzorg.org
Subject: Mail delivery failed: returning message to sender
Message-Id: <E11SrFM-00058o-00@stereo.rotzorg.org>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to all of its recipients. The
following address(es) failed:

  userx@its.example.nl:
    SMTP error from remote mailer after RCPT TO:
    <userx@its.example.nl>:
    host mailhost1.et.example.nl [130.161.33.163]:
    553 5.1.1 unknown or illegal user:
    userx@its.example.nl

----- This is a copy of the message, including all the headers. ------

Return-path: <lanparty-helden-admin@rotzorg.org>
Date: Mon, 20 Sep 1999 02:23:22 +0200
From: Sendy <sgr@rotzorg.org>
Message-ID: <19990920022322.A19735@stereo.rotzorg.org>
Subject: [Lanparty-helden] test

`,
    expected: {
      messageId: '<19990920022322.A19735@stereo.rotzorg.org>',
      recipients: [['userx@its.example.nl', 'failed', '5.1.1', 553]],
    },
  },
];
