import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MESSAGE_BYTES } from '../../../common/shapes/draft.ts';
import PostalMime from 'postal-mime';
import type { AutomaticAnswer } from '../../../storage-server/filing/answer.ts';
import { Readable } from 'node:stream';
import { makeLoopMark } from '../../../storage-server/filing/describe-mail.ts';
import type { OutboxRow } from '../../../storage-server/filing/outbox/outbox-store.ts';
import { writeSending } from '../../../storage-server/filing/outbox/write-sending.ts';
import { wrapOriginal, writeAnswer } from '../../../storage-server/filing/outbox/write-answer.ts';

const STAMP = { messageId: '<1@own.test>', date: new Date('2026-11-20T12:00:00Z'), loopMark: 'mark' };

function answer(change: Partial<AutomaticAnswer>): AutomaticAnswer {
  return {
    to: 'bob@far.test',
    from: 'ana@own.test',
    fromName: 'Ana Ñandú',
    subject: 'Auto: Información',
    text: 'Vuelvo el día 3.',
    mime: false,
    handle: 'h',
    seconds: 3,
    inReplyTo: '<q@far.test>',
    references: ['<p@far.test>', '<q@far.test>'],
    ...change,
  };
}

async function write(
  change: Partial<AutomaticAnswer>,
): Promise<{ text: string; mail: Awaited<ReturnType<typeof PostalMime.parse>> }> {
  const bytes = await writeAnswer(answer(change), STAMP);
  const text = bytes.toString('utf8');
  assert.doesNotMatch(text, /[^\r]\n|\r[^\n]/);
  return { text, mail: await PostalMime.parse(bytes) };
}

describe('automatic answers', () => {
  test('plain: marked, in the thread, the same bytes each time', async () => {
    const { text, mail } = await write({});
    assert.match(text, /^Auto-Submitted: auto-replied \(vacation\)\r\nX-Valija-Loop: mark\r\n/);
    assert.deepEqual(
      [mail.subject, mail.text?.trim(), mail.inReplyTo, mail.references, mail.messageId],
      ['Auto: Información', 'Vuelvo el día 3.', '<q@far.test>', '<p@far.test> <q@far.test>', '<1@own.test>'],
    );
    assert.equal((await write({})).text, text);
  });

  const entities: [string, string, string][] = [
    [
      'with fields',
      'Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<b>día</b>\n',
      '<b>día</b>',
    ],
    ['folded fields', 'Content-Type: text/html;\n charset=utf-8\n\n<b>día</b>', '<b>día</b>'],
    [
      'fields that are none of its business',
      'Bcc: eve@far.test\nX-A: b\nContent-Type: text/html; charset=utf-8\n\n<b>día</b>',
      '<b>día</b>',
    ],
  ];
  for (const [name, text, html] of entities) {
    test(`a MIME entity ${name}`, async () => {
      const written = await write({ mime: true, text });
      assert.equal(written.mail.html?.trim(), html);
      assert.equal(written.mail.subject, 'Auto: Información');
      assert.doesNotMatch(written.text, /eve@|X-A/);
      assert.equal(written.text.match(/^Content-Type:/gim)?.length, 1);
      assert.equal(written.text.match(/^MIME-Version:/gim)?.length, 1);
    });
  }

  test('a MIME entity without fields', async () => {
    const { mail } = await write({ mime: true, text: '\njust text' });
    assert.equal(mail.text?.trim(), 'just text');
  });

  test('a subject and a text cannot add fields', async () => {
    const { text } = await write({ subject: 'x\r\nBcc: eve@far.test', text: 'a\rb\nc' });
    assert.doesNotMatch(text, /^Bcc:/m);
  });
});

test('a forward inside a mail of one’s own holds the original byte by byte, whatever its lines', async () => {
  const original = Buffer.from(`From: x\n\n${'long'.repeat(500)}\r\rend`, 'latin1');
  const open = async function* () {
    yield original;
  };
  const written = wrapOriginal(
    { open, subject: 'Hi' },
    { from: 'ana@own.test', fromName: null, to: 'carl@far.test', replyTo: 'bob@far.test' },
    { ...STAMP, passed: [], text: 'Attached.' },
  );
  const bytes = Buffer.concat(await readPieces(written));
  const mail = await PostalMime.parse(bytes);
  assert.deepEqual(
    [mail.subject, mail.from?.address, mail.replyTo?.[0]?.address, mail.text?.trim()],
    ['Fwd: Hi', 'ana@own.test', 'bob@far.test', 'Attached.'],
  );
  assert.deepEqual(Buffer.from(mail.attachments[0]!.content as ArrayBuffer), original);
  assert.match(bytes.toString('latin1'), /^Auto-Submitted: auto-generated\r\n/);
});

async function readPieces(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return read;
}

describe('what is forwarded', () => {
  const prepare = async (form: 'original' | 'own', original: Buffer, size = original.length) => {
    const raw = {
      size,
      etag: '',
      open: (from: number, to: number) => Readable.from([original.subarray(from, to)]),
    };
    const core = {
      mails: { openRaw: async () => raw, readRows: async () => [] },
      home: { readProfile: async () => ({ identities: [], language: null }) as never },
    };
    const row: OutboxRow = {
      user: 'user_ana',
      mail: 'm',
      account: 'a',
      mailFrom: 'ana@own.test',
      recipient: 'b@far.test',
      form,
      sendKey: 'fwd_1',
      kind: 'forward',
      answer: null,
      state: 'waiting',
      relay: null,
      attempts: 0,
      createdAt: 0,
    };
    return await writeSending(core, row);
  };

  for (const form of ['original', 'own'] as const) {
    test(`${form}: tells who forwarded it before, or two would forward to each other for ever`, async () => {
      const marks = ['user_bea', 'user_cid'].map(makeLoopMark);
      const header = [...marks, marks[0], 'x y', ''].map((one) => `X-Valija-Loop: ${one}\r\n`).join('');
      const original = Buffer.from(`${header}From: bea@own.test\r\n\r\nX-Valija-Loop: in-the-text\r\n`);
      const open = await prepare(form, original);
      const written = Buffer.concat(await readPieces(open())).toString('latin1');
      const found = written.split('\r\n\r\n')[0]!.match(/(?<=^X-Valija-Loop: )[\w-]{22}(?=\r?$)/gm);
      assert.deepEqual([...new Set(found)], [makeLoopMark('user_ana'), ...marks]);
    });
  }

  test('nothing is read of what no relay would take', async () => {
    const empty = Buffer.alloc(0);
    const large = { code: 'too-large' };
    await prepare('original', empty, MESSAGE_BYTES);
    await assert.rejects(prepare('original', empty, MESSAGE_BYTES + 1), large);
    await prepare('own', empty, Math.floor(MESSAGE_BYTES * 0.73));
    await assert.rejects(prepare('own', empty, Math.floor(MESSAGE_BYTES * 0.74)), large);
  });
});
