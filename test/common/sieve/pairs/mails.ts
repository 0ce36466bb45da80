export const PLAIN = `Return-Path: <ana@example.org>
Received: from mx.example.org by mail.example.com; Tue, 03 Mar 2026 10:20:30 +0100
From: "Ana López" <Ana.Lopez@Example.org>
To: Me <me@example.com>, Bob <bob@example.net>
Cc: team+news@lists.example.com
Subject: Lunch on *Friday*?
Date: Tue, 3 Mar 2026 09:15:00 -0500
X-Spam-Score: 7.5
X-Priority: 0010
X-Empty:
X-List: one
X-List: two
X-List: three
Message-ID: <1@example.org>

Hello, lunch?
Second line with FREE money.
`;

export const FOLDED = `From: a@example.org
To: me@example.com
Subject: a subject
 that is
	folded twice
X-Odd:   spaces around   
X-Words: =?utf-8?q?caf=C3=A9?= au =?ISO-8859-1?B?bGFpdA==?=

x
`;

export const ADDRESSES = `From: ana@example.org, "Bob, Jr." <bob@Example.net>
Sender: (a comment) carl (another (nested)) @ example.com (end)
To: Friends: dora@example.org, Emil <emil@example.net>;, undisclosed-recipients:;
Cc: <@hop.example,@other.example:fay@example.com>
Reply-To: "quoted local"@example.org, "with\\"quote"@example.org
Resent-To: broken address without at
Resent-From: gil@[192.0.2.1]
Bcc: josé@example.org
Subject: addresses

x
`;
