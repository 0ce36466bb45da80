import { FLANKER, HANDLER, type Sample } from './sample.ts';

/** What is no notification although it looks like one. */
export const otherSamples: Sample[] = [
  {
    name: 'an absence notice of a person: no notification',
    source: `${HANDLER}vac1.eml`,
    message: `Return-Path: <>
From: <user@example.com>
To: <support@example-sender.com>
Subject: Re: Tell us your your opinions
In-Reply-To: <SPWEB325ce9869338d94a57b3b663037176fc28@SPWEB32>
References: <SPWEB325ce9869338d94a57b3b663037176fc28@SPWEB32>
Auto-Submitted: auto-replied (vacation)

Thank you for contacting us in West Oakville!
We have received your inquiry and will be contacting you within 24 hours.
`,
    expected: null,
  },
  {
    name: 'a read receipt (RFC 8098): no notification',
    source: `${FLANKER}disposition-notification.eml`,
    message: `From: Joe Recipient <Joe_Recipient@example.com>
Subject: Disposition notification
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification;
  boundary="RAA14128.773615765/example.com"

--RAA14128.773615765/example.com
content-type: message/disposition-notification

Original-Recipient: rfc822;Joe_Recipient@example.com
Final-Recipient: rfc822;Joe_Recipient@example.com
Original-Message-ID: <199509192301.23456@example.org>
Disposition: manual-action/MDN-sent-manually; displayed

--RAA14128.773615765/example.com--
`,
    expected: null,
  },
  {
    name: 'a help desk that answers about something that failed: no id of ours in what it returns',
    source: 'made up',
    message: `From: Mail Administrator <postmaster@desk.test>
Subject: Re: Printer [ticket 7]
In-Reply-To: <sent@work.test>

Your request failed: bob@y.test has no printer. It was rejected.
`,
    expected: { messageId: null, recipients: [['bob@y.test', 'failed', null, null]] },
  },
];
