import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { MailView } from '../../../common/shapes/mail.ts';
import { type TestEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, newUser, readAll, startMailRig } from '../mail-rig.ts';

const lines = (...all: string[]): string => all.join('\r\n');

/** Messages that no program should ever have sent; all of them must come back as they are. */
const hostile: Record<string, string> = {
  empty: '',
  'one byte': '\0',
  'no headers': 'just text\r\n',
  'only line ends': '\r\n\r\n\n\r\r\n',
  'NULs everywhere': 'Subject: a\0b\r\n\0: x\r\n\r\n\0\0\r\n.\r\n',
  '8-bit in headers and body': 'Subject: \xe9\xff\xc3\xa9\r\nFrom: \x80\x81 <\xfe@x>\r\n\r\n\xff\xfe\r\n',
  'lines of 100,000 characters': `Subject: ${'s'.repeat(100_000)}\r\n\r\n${'b'.repeat(100_000)}\r\n`,
  'bare CR and bare LF': 'Subject: x\ry\nTo: z\r\r\n\r\nbody\rmore\n',
  'dots and the end of data': 'Subject: x\r\n\r\n.\r\n..\r\n.x\r\n\r\n.\r\n',
  'no line end at the end': 'Subject: x\r\n\r\nno end',
  'a header block without end': 'X-Header: v\r\n'.repeat(5000),
  'nothing but headers, 2 MB': `${'X-Long: '.padEnd(998, 'v')}\r\n`.repeat(2000),
  'unclosed multiparts': lines(
    'Content-Type: multipart/mixed; boundary=a',
    '',
    '--a',
    'Content-Type: multipart/x; boundary=b',
  ),
};

describe('what is stored is what came', () => {
  let engine: TestEngine;
  let rig: MailRig;
  const user = newUser();
  before(async () => {
    engine = await startEngine('sqlite');
    rig = await startMailRig(engine);
  });
  after(async () => {
    await rig.stop();
    await engine.stop();
  });

  const store = async (text: string): Promise<string> => {
    const [mail] = await rig.mails.ingestMails(user, [incoming(text)]);
    return mail?.mailId ?? '';
  };
  const show = async (text: string): Promise<MailView> => await rig.mails.show(user, await store(text));

  for (const [name, text] of Object.entries(hostile)) {
    test(`${name}: exact bytes, listed, shown, every part readable`, async () => {
      const id = await store(text);
      const raw = await rig.mails.openRaw(user, id, null);
      assert.equal(raw.size, text.length);
      assert.ok((await readAll(raw)).equals(Buffer.from(text, 'latin1')));
      const page = await rig.mails.readPage(user, {
        mailbox: 'inbox',
        account: null,
        limit: 500,
        after: null,
      });
      assert.ok(page.mails.some((mail) => mail.id === id));
      const view = await rig.mails.show(user, id);
      for (const part of view.parts) {
        const bytes = await readAll(await rig.mails.openPart(user, id, part.id));
        assert.equal(bytes.length, part.size);
      }
      JSON.stringify(view);
    });
  }

  test('a mail of 30 MB: exact, quick ranges of its attachment, text shown', async () => {
    const file = Buffer.alloc(22_000_000);
    for (let at = 0; at < file.length; at += 4) file.writeUInt32LE(Math.imul(at, 2_654_435_761) >>> 0, at);
    const text = lines(
      'Subject: large',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'See the file.',
      '--b',
      'Content-Type: application/zip; name=f.zip',
      'Content-Transfer-Encoding: base64',
      '',
      file.toString('base64').replace(/(.{76})/g, '$1\r\n'),
      '--b--',
      '',
    );
    const id = await store(text);
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    assert.equal(
      hash(await readAll(await rig.mails.openRaw(user, id, null))),
      hash(Buffer.from(text, 'latin1')),
    );
    const view = await rig.mails.show(user, id);
    assert.equal(view.text, 'See the file.');
    assert.deepEqual(
      view.parts.map((part) => [part.id, part.size]),
      [
        ['1', 13],
        ['2', file.length],
      ],
    );
    assert.equal(view.attachments, 1);
    const part = await rig.mails.openPart(user, id, '2');
    for (const [start, end] of [
      [0, 10],
      [1_048_570, 1_048_590],
      [file.length - 5, file.length],
    ] as const) {
      const pieces: Buffer[] = [];
      for await (const piece of part.open(start, end)) pieces.push(piece as Buffer);
      assert.ok(Buffer.concat(pieces).equals(file.subarray(start, end)));
    }
    assert.equal(hash(await readAll(part)), hash(file));
  });

  test('HTML is handed over as stored: making it harmless is the renderer’s', async () => {
    const html =
      '<p onclick="evil()">Hi</p><script>evil()</script><img src="http://tracker.example/x"><form action="http://x">';
    const view = await show(lines('Content-Type: text/html; charset=utf-8', '', html));
    assert.equal(view.html, html);
    assert.equal(view.text, null);
    assert.equal(view.snippet, 'Hi');
  });

  test('all that `show` of the contract names', async () => {
    const view = await show(
      lines(
        'From: A <a@example.com>',
        'To: b@example.com, c@example.com',
        'Cc: "D, E" <d@example.com>',
        'Bcc: f@example.com',
        'Reply-To: r@example.com',
        'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
        'Message-ID: <1@example.com>',
        'In-Reply-To: <0@example.com>',
        'References: <-1@example.com>',
        ' <0@example.com>',
        'X-Folded: one',
        '\ttwo',
        'Content-Type: multipart/alternative; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain; charset=iso-8859-1',
        '',
        'Gr\xfc\xdfe',
        '--b',
        'Content-Type: text/html',
        'Content-ID: <html@part>',
        '',
        '<b>x</b>',
        '--b--',
      ),
    );
    assert.equal(view.subject, 'Grüße');
    assert.equal(view.text, 'Grüße');
    assert.equal(view.html, '<b>x</b>');
    assert.deepEqual(
      view.to.map((one) => one.address),
      ['b@example.com', 'c@example.com'],
    );
    assert.deepEqual(view.cc, [{ name: 'D, E', address: 'd@example.com' }]);
    assert.deepEqual(view.bcc, [{ name: null, address: 'f@example.com' }]);
    assert.deepEqual(view.replyTo, [{ name: null, address: 'r@example.com' }]);
    assert.equal(view.messageId, '<1@example.com>');
    assert.equal(view.inReplyTo, '<0@example.com>');
    assert.deepEqual(view.references, ['<-1@example.com>', '<0@example.com>']);
    assert.deepEqual(
      view.headers.find(([name]) => name === 'X-Folded'),
      ['X-Folded', 'one\ttwo'],
    );
    assert.deepEqual(view.parts[1], {
      id: '2',
      type: 'text/html',
      charset: null,
      name: null,
      size: 8,
      disposition: null,
      contentId: 'html@part',
    });
    assert.equal(view.problem, null);
    assert.equal(view.status, null);
  });

  test('a problem is named, a text beyond all measure is cut', async () => {
    assert.equal((await show('no headers here')).problem?.code, 'no-headers');
    const long = await show(`Subject: x\r\n\r\n${'long text '.repeat(400_000)}`);
    assert.equal(long.problem?.code, 'text-cut');
    assert.equal(long.text?.length, 2 * 1024 * 1024);
  });
});
