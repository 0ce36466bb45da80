import { FLANKER, HANDLER, MAILMAN, SISIMAI, type Sample, makeReport } from './sample.ts';

/** multipart/report, with all that is in it in real life. */
export const reportSamples: Sample[] = [
  {
    name: 'Postfix, an unknown local user',
    source: `${SISIMAI}postfix-14`,
    message: makeReport({
      header: `From: MAILER-DAEMON@2jo.example.jp (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender`,
      notice: `This is the mail system at host 2jo.example.jp.\n\n<kijitora@2jo.example.jp>: unknown user: "kijitora"`,
      status: `Reporting-MTA: dns; 2jo.example.jp
X-Postfix-Queue-ID: DE9FF20C16
X-Postfix-Sender: rfc822; root@2jo.example.jp
Arrival-Date: Fri, 13 Feb 2015 02:48:13 +0000 (UTC)

Final-Recipient: rfc822; kijitora@2jo.example.jp
Original-Recipient: rfc822;kijitora@2jo.example.jp
Action: failed
Status: 5.1.1
Diagnostic-Code: X-Postfix; unknown user: "kijitora"`,
      returned: `Return-Path: <root@2jo.example.jp>\nMessage-Id: <20150213024813.DE9FF20C16@2jo.example.jp>\n\nNyaaan`,
    }),
    expected: {
      messageId: '<20150213024813.DE9FF20C16@2jo.example.jp>',
      recipients: [['kijitora@2jo.example.jp', 'failed', '5.1.1', null]],
    },
  },
  {
    name: 'Postfix, a folded diagnostic',
    source: `${SISIMAI}postfix-17`,
    message: makeReport({
      header: `From: MAILER-DAEMON@mx20.example.jp (Mail Delivery System)`,
      notice: `<kijitora@example.org>: Name service error for name=example.org`,
      status: `Reporting-MTA: dns; mx20.example.jp

Final-Recipient: rfc822; kijitora@example.org
Action: failed
Status: 5.4.4
Diagnostic-Code: X-Postfix; Name service error for name=example.org
    type=MX: Malformed or unexpected name server reply`,
      returned: `Message-Id: <20110420233445.EEEEEEEEEEEE@mx20.example.jp>\n\nNyaaaan`,
    }),
    expected: {
      messageId: '<20110420233445.EEEEEEEEEEEE@mx20.example.jp>',
      recipients: [['kijitora@example.org', 'failed', '5.4.4', null]],
    },
  },
  {
    name: 'Yandex',
    source: `${SISIMAI}ru-yandex-01`,
    message: makeReport({
      header: `From: mailer-daemon@yandex.ru\nAuto-Submitted: auto-replied`,
      notice: `Это письмо отправлено почтовым сервером yandex.ru.`,
      noticeType: 'text/plain; charset=utf-8',
      status: `Reporting-MTA: dns; forward1h.mail.yandex.net
X-Yandex-Queue-ID: 367D79E130D

Final-Recipient: rfc822; kijitora@example.jp
Original-Recipient: rfc822;kijitora@example.jp
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.jp
Diagnostic-Code: smtp; 550 5.1.1 <kijitora@example.jp>... User Unknown`,
      returned: `Message-Id: <446281417885946@web20h.yandex.ru>\n\nNyaaaan`,
    }),
    expected: {
      messageId: '<446281417885946@web20h.yandex.ru>',
      recipients: [['kijitora@example.jp', 'failed', '5.1.1', 550]],
    },
  },
  {
    name: 'Outlook.com, UTF-7 notice',
    source: `${SISIMAI}us-outlook-02`,
    message: makeReport({
      header: `From: postmaster@mail.outlook.example.com\nSubject: Delivery Status Notification (Failure)`,
      notice: `Delivery to the following recipients failed.\n\n       kijitora@example.jp`,
      noticeType: 'text/plain; charset=unicode-1-1-utf-7',
      status: `Reporting-MTA: dns;BLU004-OMC3S6.outlook.example.com
Received-From-MTA: dns;BLU436-SMTP66

Final-Recipient: rfc822;kijitora@example.jp
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp;550 5.1.1 <kijitora@example.jp>... User Unknown`,
      returned: `Message-ID: <BLU436-SMTP6688F46CFBFB4294F252B1BA770@phx.gbl>\n\nNyaaaaa`,
    }),
    expected: {
      messageId: '<BLU436-SMTP6688F46CFBFB4294F252B1BA770@phx.gbl>',
      recipients: [['kijitora@example.jp', 'failed', '5.1.1', 550]],
    },
  },
  {
    name: 'Exchange 2003, without a diagnostic',
    source: `${HANDLER}exchange2.eml`,
    message: makeReport({
      header: `From: postmaster@adecco.net\nSubject: Delivery Status Notification (Failure)`,
      notice: `Delivery to the following recipients failed.\n\n       inger.lise.hole@adecco.no`,
      status: `Reporting-MTA: dns;meintfr02052.wwit.adecco.net
Received-From-MTA: dns;smtp091.aits.fr

Original-Recipient: rfc822;inger.lise.hole@adecco.no
Final-Recipient: rfc822;inger.lise.hole@adecco.no
Action: failed
Status: 5.1.1`,
      returned: `MIME-Version: 1.0\nMessage-ID: <63267c0f0904051142s4a841b18qb1c702a94a3257be@mail.gmail.com>\n\nRegards`,
    }),
    expected: {
      messageId: '<63267c0f0904051142s4a841b18qb1c702a94a3257be@mail.gmail.com>',
      recipients: [['inger.lise.hole@adecco.no', 'failed', '5.1.1', null]],
    },
  },
  {
    name: 'Exchange Online: the id only in its own References',
    source: `${FLANKER}bounce/office365.eml`,
    message: makeReport({
      header: `From: <postmaster@example.no>
In-Reply-To: <20171013111011.20866.254C2F3A4D7AA526@ninomail.com>
References: <20171013111011.20866.254C2F3A4D7AA526@ninomail.com>
Subject: Undeliverable: test_bounce 8`,
      notice: `Your message to noname@example.com couldn't be delivered.\n\nStatus code: 550 5.1.10`,
      status: `Reporting-MTA: dns;DB5PR06MB1800.eurprd06.prod.outlook.com

Final-Recipient: rfc822;noname@example.com
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient noname@example.com not found`,
      returned: `Subject: test_bounce 8\n\nx`,
    }),
    expected: {
      messageId: '<20171013111011.20866.254C2F3A4D7AA526@ninomail.com>',
      recipients: [['noname@example.com', 'failed', '5.1.10', 550]],
    },
  },
  {
    name: 'Courier, a vague status and a clearer reply',
    source: `${SISIMAI}courier-02`,
    message: makeReport({
      header: `From: postmaster@example.org\nSubject: NOTICE: mail delivery status.`,
      notice: `UNDELIVERABLE MAIL\n\n<kijitora@example.jp>:\n>>> DATA\n<<< 550 Unknown user kijitora@example.jp`,
      status: `Reporting-MTA: dns; 1jo.example.org
Arrival-Date: Fri, 10 Dec 2010 13:21:19 +0900

Final-Recipient: rfc822; kijitora@example.jp
Action: failed
Status: 5.0.0
Remote-MTA: dns; mfsmax.example.jp [203.138.181.112]
Diagnostic-Code: smtp; 550 Unknown user kijitora@example.jp`,
      returned: `Message-Id: <201012100421.oBA4LJFU042012@1jo.example.org>\n\nnyaaan`,
    }),
    expected: {
      messageId: '<201012100421.oBA4LJFU042012@1jo.example.org>',
      recipients: [['kijitora@example.jp', 'failed', '5.0.0', 550]],
    },
  },
  {
    name: 'Amazon SES',
    source: `${SISIMAI}us-amazonses-02`,
    message: makeReport({
      header: `From: MAILER-DAEMON@email-bounces.amazonses.com`,
      notice: `The following message to <nobody@docomo.ne.jp> was undeliverable.`,
      status: `Reporting-MTA: dns; a192-79.smtp-out.amazonses.com

Final-Recipient: rfc822;nobody@docomo.ne.jp
Action: failed
Status: 5.0.0 (permanent failure)
Remote-MTA: dns; [203.138.181.240]
Diagnostic-Code: smtp; 5.3.0 - Other mail system problem 550-'Unknown user nobody@docomo.ne.jp' (delivery attempts: 0)`,
      returned: `Message-ID: <00000132e188591e-000000@email.amazonses.com>\n\nx`,
    }),
    expected: {
      messageId: '<00000132e188591e-000000@email.amazonses.com>',
      recipients: [['nobody@docomo.ne.jp', 'failed', '5.3.0', 550]],
    },
  },
  {
    name: 'PMDF: the envelope id, and the address before it was rewritten',
    source: `${MAILMAN}dsn_04`,
    message: makeReport({
      header: `From: PMDF e-Mail Interconnect <postmaster@yogi.urz.example.ch>`,
      notice: `Your message cannot be delivered to the following recipients:\n\n  Recipient address: HAASM@yogi.urz.example.ch`,
      statusType: 'message/DELIVERY-STATUS',
      status: `Original-envelope-id: 0GFP00202Q2DR3@mailhub.unibas.ch
Reporting-MTA: dns;yogi.urz.example.ch

Action: failed
Status: 5.0.0
Original-recipient: rfc822;userx@example.ch
Final-recipient: rfc822;HAASM@yogi.urz.example.ch`,
      returned: `Message-id: <Pine.LNX.4.31.0106300001530.2750-100000@athlon.de>\n\nOn 29 Jun 2001, David Bolen wrote:`,
    }),
    expected: {
      messageId: '<Pine.LNX.4.31.0106300001530.2750-100000@athlon.de>',
      envelopeId: '0GFP00202Q2DR3@mailhub.unibas.ch',
      recipients: [['userx@example.ch', 'failed', '5.0.0', null]],
    },
  },
  {
    name: 'NTMail: a line of blanks between the groups, `failure`, the reply as status',
    source: `${MAILMAN}dsn_03`,
    message: makeReport({
      header: `From: "postmaster@example.be" <postmaster@advalvas.be>`,
      notice: `Your message was not delivered to\n\n    userx@example.be`,
      status: `Reporting-MTA: dns;pigeon.net7.be
 
Final-Recipient: rfc822;userx@example.be
Action: failure
Status: 553 Exceeded maximum inbound message size`,
      returned: `Message-ID: <31575A892FF6D1118F5800600846864D5B17D1@intrepid>\n\nx`,
    }),
    expected: {
      messageId: '<31575A892FF6D1118F5800600846864D5B17D1@intrepid>',
      recipients: [['userx@example.be', 'failed', null, 553]],
    },
  },
  {
    name: 'TeamWARE: words behind the action, nothing returned',
    source: `${MAILMAN}dsn_12`,
    message: makeReport({
      header: `From: Mail Delivery Subsystem <mailer-daemon@jtc-con.co.jp>\nReferences: <mailman.6301.1139723231.1568.wed_ride@grizz.org>`,
      notice: `<userx@example.jp> (failed: Bad destination mailbox address)`,
      status: `Reporting-MTA: SV-03.jtc-con.local (TeamWARE Connector for MIME v5.x)
Original-Envelope-Id: mailman.6301.1139723231.1568.wed_ride@grizz.org

Original-Recipient: rfc822;userx@example.jp
Final-Recipient: rfc822;userx@example.jp
Action: failed (Bad destination mailbox address)
Status: 5.1.1`,
      returned: '',
    }),
    expected: {
      messageId: '<mailman.6301.1139723231.1568.wed_ride@grizz.org>',
      envelopeId: 'mailman.6301.1139723231.1568.wed_ride@grizz.org',
      recipients: [['userx@example.jp', 'failed', '5.1.1', null]],
    },
  },
  {
    name: 'given up after delays (RFC 3464 D): the action decides, not the 4 of the status',
    source: `${FLANKER}bounce/delayed.eml`,
    message: makeReport({
      header: `From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>\nSubject: Returned mail: Cannot send message for 5 days`,
      notice: `<louisl@larry.slip.umd.edu>... Deferred: Connection timed out`,
      status: `Reporting-MTA: dns; cs.utk.edu

Original-Recipient: rfc822;louisl@larry.slip.umd.edu
Final-Recipient: rfc822;louisl@larry.slip.umd.edu
Action: failed
Status: 4.0.0
Diagnostic-Code: smtp; 426 connection timed out
Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400`,
      returned: `Subject: Hello, how are you\n\nx`,
    }),
    expected: {
      messageId: null,
      recipients: [['louisl@larry.slip.umd.edu', 'failed', '4.0.0', 426]],
    },
  },
  {
    name: 'Sendmail: handed on to a host that reports nothing',
    source: `${HANDLER}sendmail-dsn-hdrs-delivered.eml`,
    message: makeReport({
      header: `From: Mail Delivery Subsystem <MAILER-DAEMON@example.com>\nSubject: Return receipt`,
      notice: `----- The following addresses had successful delivery notifications -----\n<externaluser@example.net>  (relayed to non-DSN-aware mailer)`,
      status: `Original-Envelope-Id: MjAxNTAxMDEwMDAwMDAwMDQ39a66e5b6
Reporting-MTA: dns; example.com

Final-Recipient: RFC822; externaluser@example.net
Action: relayed (to non-DSN-aware mailer)
Status: 2.1.5
Remote-MTA: DNS; aspmx.l.google.com
Diagnostic-Code: SMTP; 250 2.1.5 OK un10si29151402wjc.103 - gsmtp`,
      returned: `Message-Id: <201501011718.t01HIsAS012771@example.com>\n\nx`,
    }),
    expected: {
      messageId: '<201501011718.t01HIsAS012771@example.com>',
      envelopeId: 'MjAxNTAxMDEwMDAwMDAwMDQ39a66e5b6',
      recipients: [['externaluser@example.net', 'relayed', '2.1.5', null]],
    },
  },
];
