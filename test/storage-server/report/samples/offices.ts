import { MAILMAN, SISIMAI, type Sample } from './sample.ts';

/** Programs of offices that write their notices without parts that can be read. */
export const officeSamples: Sample[] = [
  {
    name: 'IMail',
    source: `${SISIMAI}imailserver-03`,
    message: `From:     "Postmaster" <postmaster@neko.example.co.jp>
To:       <shironeko@neko.example.co.jp>
Subject:  Undeliverable Mail
X-Mailer: <SMTP32 v8.12>

Invalid final delivery userid: kijitora@neko.example.co.jp


Original message follows.

Date: Thu, 29 Apr 2008 23:45:10 -0500
Message-Id: <200804292345.00000000000@neko.example.co.jp>
To: <kijitora@example.co.jp>

Nyaan
`,
    expected: {
      messageId: '<200804292345.00000000000@neko.example.co.jp>',
      recipients: [['kijitora@neko.example.co.jp', 'failed', null, null]],
    },
  },
  {
    name: 'SMTP32, twenty attempts',
    source: `${MAILMAN}smtp32_01`,
    message: `From: "Postmaster" <postmaster@208.24.118.205>
To: <mailman-users-admin@python.org>
Subject:  Undeliverable Mail
X-Mailer: <SMTP32 v980629>

Delivery failed 20 attempts: userx@example.ph


Original message follows.

Message removed
`,
    expected: { messageId: null, recipients: [['userx@example.ph', 'failed', null, null]] },
  },
  {
    name: 'Exchange 4, which names no id',
    source: `${SISIMAI}exchange-04`,
    message: `Return-Path: <>
From: System Administrator <postmaster@example.com>
To:  <shironeko@example.jp>
Subject: Undeliverable: Nyaan
X-Mailer:  Microsoft Exchange Server Internet Mail Connector Version 4.0.994.63

Your message did not reach some or all of the intended recipients.

      To:\tshironeko@example.jp
      Subject:\tNyaan
      Sent:\t4/29/01 11:34:45 PM

The following recipient(s) could not be reached:

      kijitora@example.com on 4/29/01 11:34:45 PM
            Recipient Not Found
            MSEXCH:IMC:NEKO:KIJITORA:CAT
`,
    expected: { messageId: null, recipients: [['kijitora@example.com', 'failed', null, null]] },
  },
  {
    name: 'Exchange 5.5, an X.400 address',
    source: `${MAILMAN}microsoft_01`,
    message: `Return-Path: <MAILER-DAEMON>
From: System Administrator <postmaster@IKON.com>
To: pit-penguins-bounces@plaidworks.com
Subject: Undeliverable: RE: Waiver draft results explained
X-MS-Embedded-Report:
Content-Type: multipart/mixed;
\tboundary="----_=_NextPart_000_01C26BEA.C2970D56"

------_=_NextPart_000_01C26BEA.C2970D56
Content-Type: text/plain;
\tcharset="iso-8859-1"

Your message

  To:      pit-penguins@plaidworks.com
  Subject: RE: Waiver draft results explained
  Sent:    Fri, 4 Oct 2002 17:10:56 -0400

did not reach the following recipient(s):

c=US;a= ;p=IKON;o=Nexus2;dda:SMTP=userx@example.COM; on Fri, 4 Oct 2002
17:12:28 -0400
    The recipient name is not recognized

------_=_NextPart_000_01C26BEA.C2970D56
Content-Type: message/rfc822

Message removed

------_=_NextPart_000_01C26BEA.C2970D56--
`,
    expected: { messageId: null, recipients: [['userx@example.COM', 'failed', null, null]] },
  },
  {
    name: 'Exchange 5.5 behind PMDF',
    source: `${MAILMAN}groupwise_01`,
    message: `MIME-version: 1.0
Content-type: multipart/mixed; boundary="Boundary_(ID_T1d1xFzw5I4c8zjm3AkzoA)"
From: System Administrator <postmaster@mainex1.asu.edu>
Subject: Undeliverable: [Mailman-Users] [ alexandria-Bugs-442987 ] mailman\tbug

--Boundary_(ID_T1d1xFzw5I4c8zjm3AkzoA)
Content-type: text/plain

Your message

  To:      mailman-users@python.org
  Sent:    Fri, 20 Jul 2001 08:53:08 -0700

did not reach the following recipient(s):

userx@example.EDU on Fri, 20 Jul 2001 11:08:59 -0700
    The recipient name is not recognized

--Boundary_(ID_T1d1xFzw5I4c8zjm3AkzoA)
Content-type: message/rfc822

Date: Fri, 20 Jul 2001 08:53:08 -0700
Message-id: <20010720085308.H17468@magic.example.org>

Anyone has a clue about this error?
--Boundary_(ID_T1d1xFzw5I4c8zjm3AkzoA)--
`,
    expected: {
      messageId: '<20010720085308.H17468@magic.example.org>',
      recipients: [['userx@example.EDU', 'failed', null, null]],
    },
  },
  {
    name: 'Lotus Notes, which names nobody',
    source: `${SISIMAI}notes-04`,
    message: `From: POSTMASTER@sifycorp.example
To: india-gii-admin@lists.example
Subject: Undeliverable message

------- Failure Reasons --------

Message has exceeded maximum hop count

------- Returned Message --------
Received: from mailrelayinfo.maa.sify.net ([202.144.10.26]) by Sifycorp.com (Lotus SMTP MTA v4.6.3)
Message-Id: <5.0.2.1.2.20030226085040.02168b38@softhome.example>
To: India Gii <india-gii@lists.example>
`,
    expected: null,
  },
];
