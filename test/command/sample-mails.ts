/** Mails whose exact bytes have to come back, whatever they are. */
export interface SampleMail {
  name: string;
  bytes: Buffer;
}

function mail(head: string[], body: string | Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'),
    Buffer.from(body as string, 'utf8'),
  ]);
}

function headers(from: string, subject: string, day: number, more: string[] = []): string[] {
  return [
    `From: ${from}`,
    'To: Ana <ana@example.test>',
    `Subject: ${subject}`,
    `Date: Tue, ${String(day).padStart(2, '0')} Sep 2026 10:00:00 +0200`,
    `Message-ID: <${subject.replace(/\W/g, '')}.${day}@example.test>`,
    ...more,
  ];
}

export const SAMPLE_MAILS: SampleMail[] = [
  {
    name: 'plain',
    bytes: mail(headers('Bruno <bruno@example.test>', 'Hello', 1), 'Hello Ana,\r\n.dot\r\n..\r\nBruno\r\n'),
  },
  {
    name: 'html only, with script and remote image',
    bytes: mail(
      headers('Shop <shop@example.test>', 'Offer', 2, [
        'MIME-Version: 1.0',
        'Content-Type: text/html; charset=utf-8',
      ]),
      '<p>Dear <b>Ana</b>,<script>alert(1)</script><img src="https://tracker.test/x.gif"><a href="https://shop.test/a">our offer</a></p>\r\n',
    ),
  },
  {
    name: 'attachment',
    bytes: mail(
      headers('Carla <carla@example.test>', '=?utf-8?q?Informaci=C3=B3n?=', 3, [
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="b"',
      ]),
      [
        '--b',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        'Aquí está.',
        '--b',
        'Content-Type: application/pdf; name="plan.pdf"',
        'Content-Disposition: attachment; filename="plan.pdf"',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('%PDF-1.4 not really').toString('base64'),
        '--b--',
        '',
      ].join('\r\n'),
    ),
  },
  { name: 'no headers at all', bytes: Buffer.from('\r\njust text\r\n') },
  {
    name: 'NULs and bytes that are no text',
    bytes: mail(headers('x@example.test', 'Bytes', 4), Buffer.from([0, 1, 255, 254, 0x80, 13, 10])),
  },
  {
    name: 'a line of 100,000 characters',
    bytes: mail(headers('y@example.test', 'Long', 5), `${'x'.repeat(100_000)}\r\n`),
  },
];
