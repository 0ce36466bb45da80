import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import type { Finding, FoundMail } from '../../../storage-server/transfer/found-mail.ts';
import { dropMessage, readMessage, type SpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readMbox } from '../../../storage-server/transfer/mbox/read-mbox.ts';
import { makeOwnLines } from '../../../storage-server/transfer/mbox/own-lines.ts';
import { FromQuoter } from '../../../storage-server/transfer/mbox/quote.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const NOW = Date.UTC(2026, 10, 21);
const DATE = 'Sat Jan  3 01:05:34 1996';
const temp = makeTempDir('mbox');
const place: SpoolPlace = { dir: temp.path };
after(temp.remove);

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}

async function read(
  text: string,
  size = 7,
): Promise<{ mails: string[]; found: FoundMail[]; skipped: Finding[] }> {
  const mails: string[] = [];
  const found: FoundMail[] = [];
  const skipped: Finding[] = [];
  for await (const one of readMbox(cut(text, size), place, { name: 'box', mailbox: null, now: NOW })) {
    if (!('source' in one)) {
      skipped.push(one);
      continue;
    }
    const pieces: Buffer[] = [];
    for await (const piece of readMessage(one.source)) pieces.push(piece);
    mails.push(Buffer.concat(pieces).toString('latin1'));
    found.push(one);
  }
  return { mails, found, skipped };
}

const A = 'Subject: a\n\nFirst.\n';
const B = 'Subject: b\n\nSecond.\n';

/** Name, the mbox, the messages in it. */
const CASES: [string, string, string[]][] = [
  ['two', `From a@b.c ${DATE}\n${A}\nFrom a@b.c ${DATE}\n${B}\n`, [A, B]],
  ['no empty line at the end', `From a@b.c ${DATE}\n${A}\nFrom a@b.c ${DATE}\n${B}`, [A, B]],
  [
    'no newline at the end',
    `From a@b.c ${DATE}\n${A}\nFrom a@b.c ${DATE}\nSubject: b\n\nSecond.`,
    [A, 'Subject: b\n\nSecond.'],
  ],
  ['no empty line between', `From a@b.c ${DATE}\n${A}From a@b.c ${DATE}\n${B}`, [A, B]],
  [
    'CRLF',
    `From a@b.c ${DATE}\r\nSubject: a\r\n\r\nFirst.\r\n\r\nFrom a@b.c ${DATE}\r\nSubject: b\r\n\r\nx\r\n\r\n`,
    ['Subject: a\r\n\r\nFirst.\r\n', 'Subject: b\r\n\r\nx\r\n'],
  ],
  [
    'Thunderbird: From lines without a date',
    `From \nSubject: a\n\nFirst.\n\nFrom \nSubject: b\n\nSecond.\n\n`,
    [A, B],
  ],
  ['From - with a date', `From - ${DATE}\n${A}\nFrom - ${DATE}\n${B}\n`, [A, B]],
  [
    'text that begins with From',
    `From a@b.c ${DATE}\nSubject: a\n\nHi\n\nFrom the sea.\nx: y\n`,
    ['Subject: a\n\nHi\n\nFrom the sea.\nx: y\n'],
  ],
  [
    'a From line with a date, and no header behind it',
    `From a@b.c ${DATE}\nSubject: a\n\nHi\nFrom x@y.z ${DATE}\nis how it begins\n\n`,
    [`Subject: a\n\nHi\nFrom x@y.z ${DATE}\nis how it begins\n`],
  ],
  ['mboxo', `From a@b.c ${DATE}\nSubject: a\n\n>From me\n\n`, ['Subject: a\n\nFrom me\n']],
  [
    'mboxrd',
    `From a@b.c ${DATE}\nSubject: a\n\n>From me\n>>From you\n>>>From all\n> From\n\n`,
    ['Subject: a\n\nFrom me\n>From you\n>>From all\n> From\n'],
  ],
  [
    'mboxcl2: the length counts, From lines inside are text',
    `From a@b.c ${DATE}\nContent-Length: ${`hi\n\nFrom x ${DATE}\nSubject: z\n\n>From q\n`.length}\n\nhi\n\nFrom x ${DATE}\nSubject: z\n\n>From q\n\nFrom a@b.c ${DATE}\n${B}\n`,
    [
      `Content-Length: ${`hi\n\nFrom x ${DATE}\nSubject: z\n\n>From q\n`.length}\n\nhi\n\nFrom x ${DATE}\nSubject: z\n\n>From q\n`,
      B,
    ],
  ],
  [
    'mboxcl: the length counts, and From lines are quoted',
    `From a@b.c ${DATE}\nContent-Length: 9\n\n>From hi\n\nFrom a@b.c ${DATE}\n${B}\n`,
    ['Content-Length: 9\n\nFrom hi\n', B],
  ],
  [
    'a Content-Length that is too long',
    `From a@b.c ${DATE}\nContent-Length: 5000\n\nhi\n\nFrom a@b.c ${DATE}\n${B}\nFrom a@b.c ${DATE}\n${A}\n`,
    ['Content-Length: 5000\n\nhi\n', B, A],
  ],
  [
    'a Content-Length that is too short',
    `From a@b.c ${DATE}\nContent-Length: 2\n\nhello\nyou\n\nFrom a@b.c ${DATE}\n${B}\n`,
    ['Content-Length: 2\n\nhello\nyou\n', B],
  ],
  [
    'a Content-Length that ends before more empty lines',
    `From a@b.c ${DATE}\nContent-Length: 3\n\nhi\n\n\n\nx\n\nFrom a@b.c ${DATE}\n${B}\n`,
    ['Content-Length: 3\n\nhi\n\n\n\nx\n', B],
  ],
  [
    'empty lines of the message stay',
    `From a@b.c ${DATE}\nSubject: a\n\nx\n\n\n\nFrom a@b.c ${DATE}\n${B}\n`,
    ['Subject: a\n\nx\n\n\n', B],
  ],
  [
    'a header without a body',
    `From a@b.c ${DATE}\nSubject: a\n\nFrom a@b.c ${DATE}\n${B}\n`,
    ['Subject: a\n\n', B],
  ],
  [
    '8-bit bytes',
    `From a@b.c ${DATE}\nSubject: a\n\n\xff\xfe\x00\x80\n\n`,
    ['Subject: a\n\n\xff\xfe\x00\x80\n'],
  ],
];

describe('an mbox is split into its messages', () => {
  for (const [name, text, mails] of CASES) {
    test(name, async () => {
      for (const size of [1, 7, 4096])
        assert.deepEqual((await read(text, size)).mails, mails, `pieces of ${size}`);
    });
  }

  test('a line of a MiB and a message of three go through files', async () => {
    const long = `Subject: long\n\n${'x'.repeat(1 << 20)}\n>From me\n${'y\n'.repeat(1 << 20)}`;
    const { mails } = await read(`From a@b.c ${DATE}\n${long}\nFrom a@b.c ${DATE}\n${B}\n`, 65_536);
    assert.equal(mails.length, 2);
    assert.equal(mails[0], long.replace('>From', 'From'));
  });

  test('a line that begins like a From line and is too long for one stays where it was', async () => {
    const text = `Subject: long\n\nHi\n\nFrom x ${DATE} ${'and so on '.repeat(5000)}\nuntil\nhere\n`;
    assert.deepEqual((await read(`From a@b.c ${DATE}\n${text}\nFrom a@b.c ${DATE}\n${B}\n`, 4096)).mails, [
      text,
      B,
    ]);
  });

  test('a wrong Content-Length of more than a message may have costs no other mail', async () => {
    const box = function* (): Generator<Buffer> {
      yield Buffer.from(`From a@b.c ${DATE}\nContent-Length: 300000000\n\nhi\n\n`);
      const megabyte = Buffer.from(`${'x'.repeat(9999)}\n`.repeat(100));
      for (let mail = 0; mail < 3; mail += 1) {
        yield Buffer.from(`From a@b.c ${DATE}\nSubject: ${mail}\n\n`);
        for (let at = 0; at < 95; at += 1) yield megabyte;
        yield Buffer.from('\n');
      }
    };
    let mails = 0;
    const pieces = Readable.from(box());
    for await (const one of readMbox(pieces, place, { name: 'box', mailbox: null, now: NOW })) {
      if (!('source' in one)) continue;
      mails += 1;
      await dropMessage(one.source);
    }
    assert.equal(mails, 4);
  });

  test('the From line says when it came, and headers what became of it', async () => {
    const header = 'Status: RO\nX-Status: AF\nX-Keywords: Work $Forwarded, Later\nSubject: a\n\nx\n';
    const { found } = await read(`From a@b.c ${DATE}\n${header}\n`);
    assert.deepEqual(found[0]?.place, {
      mailbox: null,
      flags: ['seen', 'answered', 'flagged', 'forwarded'],
      labels: ['Work', 'Later'],
      received: Date.UTC(1996, 0, 3, 1, 5, 34),
    });
  });

  test('what Thunderbird has deleted and not cleared away is not brought back', async () => {
    const { mails, skipped } = await read(
      `From - ${DATE}\nX-Mozilla-Status: 0009\nSubject: gone\n\nx\n\nFrom - ${DATE}\nX-Mozilla-Status: 1003\n${B}\n`,
    );
    assert.deepEqual([mails.length, skipped.length], [1, 1]);
  });

  test('Google Takeout: mailbox, flags and labels are among its labels', async () => {
    const takeout = (labels: string): string =>
      `From 1@xxx ${DATE}\r\nX-Gmail-Labels: ${labels}\r\nSubject: a\r\n\r\nx\r\n\r\n`;
    const { found } = await read(
      takeout('Inbox,Important,Unread,"Work, old",Category Updates') +
        takeout('Sent,Opened,Starred') +
        takeout('=?UTF-8?Q?Papelera,No_le=C3=ADdo?=') +
        takeout('Archived,Kunden,Constructor'),
    );
    const places = found.map(({ place: { mailbox, flags, labels } }) => [mailbox, flags, labels]);
    assert.deepEqual(places, [
      ['inbox', [], ['Work, old']],
      ['sent', ['seen', 'flagged'], []],
      ['trash', [], []],
      ['archive', ['seen'], ['Kunden', 'Constructor']],
    ]);
  });
});

describe('our own mbox', () => {
  const mail = 'Received: from a;\n by b\nSubject: a\n\nFirst.\nThe last line, which counts.\n';
  const own = makeOwnLines({
    size: mail.length,
    mailbox: 'Work',
    role: null,
    flags: ['flagged'],
    labels: [],
    received: '2015-01-03T01:05:34.000Z',
  });
  const [begin = ''] = own.split('\n');
  for (const [name, written, expected] of [
    ['as it was written', `${own}${mail}`, mail],
    [
      'as Dovecot leaves it: lines added to the header',
      `${own.replace('Status: O', 'Status: RO')}${mail.replace('\n\n', '\nX-UID: 7\n\n')}`,
      mail.replace('\n\n', '\nX-UID: 7\n\n'),
    ],
    [
      'as mutt leaves it: its lines stand elsewhere',
      `${begin}\n${mail.replace('\n\n', '\nStatus: RO\nX-Status: F\nContent-Length: 37\nLines: 2\n\n')}`,
      mail.replace('\n\n', '\nStatus: RO\nX-Status: F\nContent-Length: 37\nLines: 2\n\n'),
    ],
    ['with other line ends', `${own}${mail}`.replaceAll('\n', '\r\n'), mail.replaceAll('\n', '\r\n')],
  ] as const) {
    test(name, async () => {
      const { mails, found } = await read(`From a@b.c ${DATE}\n${written}\nFrom a@b.c ${DATE}\n${B}\n`);
      assert.deepEqual(mails, [expected, B]);
      assert.deepEqual([found[0]?.place.mailbox, found[0]?.place.flags], ['Work', ['flagged']]);
    });
  }

  test('a mail without a newline at its end', async () => {
    const short = own.replace(`"size":${mail.length}`, `"size":${mail.length - 1}`);
    const { mails } = await read(`From a@b.c ${DATE}\n${short}${mail}\nFrom a@b.c ${DATE}\n${B}\n`);
    assert.deepEqual(mails, [mail.slice(0, -1), B]);
  });

  test('a mail of nothing but a header, without a newline at its end', async () => {
    const header = 'From: ana@x.test\nSubject: a';
    const lines = own.replace(`"size":${mail.length}`, `"size":${header.length}`);
    const { mails } = await read(`From a@b.c ${DATE}\n${lines}${header}\n\nFrom a@b.c ${DATE}\n${B}\n`);
    assert.deepEqual(mails, [header, B]);
  });
});

test('mboxrd quoting comes back byte by byte, wherever pieces are cut', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state % below;
  };
  const words = ['From ', '>From ', '>>From x', '\n', '\n', '\r\n', 'Fro', '>', 'm ', 'text', '\u00ff'];
  for (let round = 0; round < 400; round += 1) {
    const text = Buffer.from(
      Array.from({ length: random(30) }, () => words[random(words.length)]).join(''),
      'latin1',
    );
    const run = (bytes: Buffer, remove: boolean): Buffer => {
      const quoter = new FromQuoter(remove);
      const out: Buffer[] = [];
      for (let at = 0; at < bytes.length;) {
        const size = 1 + random(6);
        out.push(quoter.push(bytes.subarray(at, at + size)));
        at += size;
      }
      return Buffer.concat([...out, quoter.end()]);
    };
    const quoted = run(text, false);
    assert.doesNotMatch(quoted.toString('latin1'), /^From /m);
    assert.deepEqual(run(quoted, true), text);
  }
});
