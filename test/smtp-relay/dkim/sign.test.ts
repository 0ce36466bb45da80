import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { silentLogger } from '../../../server-kit/log.ts';
import { relaxBody, relaxField } from '../../../smtp-relay/dkim/canonicalise.ts';
import { chooseSigningKeys } from '../../../smtp-relay/dkim/choose-keys.ts';
import { makeKeyRing, type DkimKey } from '../../../smtp-relay/dkim/keys.ts';
import { signMessage } from '../../../smtp-relay/dkim/sign-message.ts';
import { chooseSignedFields } from '../../../smtp-relay/dkim/signed-fields.ts';
import { writeDkimRecord } from '../../../smtp-relay/dkim/dkim-record.ts';

const makeKey = (selector: string, kind: 'rsa' | 'ed25519'): DkimKey => {
  const { privateKey } =
    kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  return {
    domain: 'own.test',
    selector,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
const rsa = makeKey('r', 'rsa');
const ed = makeKey('e', 'ed25519');
const records = new Map([rsa, ed].map((key) => [writeDkimRecord(key).name, writeDkimRecord(key).value]));

async function verify(message: Buffer): Promise<string> {
  const { results } = await dkimVerify(message, {
    resolver: async (name: string) => [[records.get(name) ?? '']],
  });
  return results.map(({ status, selector }) => `${selector} ${status.result}`).join(', ');
}

test('RFC 6376 3.4.5: the example of a relaxed message', () => {
  assert.equal(relaxField('A: X'), 'a:X\r\n');
  assert.equal(relaxField('B : Y\t\r\n\tZ  '), 'b:Y Z\r\n');
  const body = (text: string): string => [...relaxBody(Buffer.from(text))].join('');
  assert.equal(body(' C \r\nD \t E\r\n\r\n\r\n'), ' C\r\nD E\r\n');
  assert.equal(body(''), '');
  assert.equal(body('\r\n \t\r\n\r\n'), '');
  assert.equal(body('no end'), 'no end\r\n');
  assert.equal(body('a\r\n\r\n \r\nb\r\n'), 'a\r\n\r\n\r\nb\r\n');
});

describe('signatures', () => {
  const head = 'From: a@own.test\r\nTo: b@x.test\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 16:00:00 +0000\r\n';
  const long = `${'y'.repeat(70)} \t \r\n`.repeat(1000);
  const bodies = [
    '',
    '\r\n',
    '\r\n\r\n\r\n',
    'one line\r\n',
    'no end',
    'tail\r\n\r\n\r\n',
    ' \t leading\r\n\ttab \t in  between \r\n',
    '\u00f1and\u00fa and 😀\r\n',
    // Around the size of a piece: empty lines and blanks on both sides of the cut.
    `${'x'.repeat(65_534)}\r\n\r\n\r\nend\r\n`,
    `${'x'.repeat(65_535)}\r\n\r\n \r\n`,
    `${long}\r\n\r\n${long}\r\n \r\n`,
    `${'\r\n'.repeat(40_000)}after much nothing\r\n${'\r\n'.repeat(40_000)}`,
  ];
  test('by both algorithms hold for every kind of body', async () => {
    for (const body of bodies) {
      const message = Buffer.from(`${head}\r\n${body}`);
      const signed = Buffer.concat([await signMessage(message, [rsa, ed], Date.now()), message]);
      assert.equal(await verify(signed), 'r pass, e pass', JSON.stringify(body.slice(0, 40)));
    }
  });

  test('hold for fields that stand several times, are folded, empty, long or in UTF-8', async () => {
    const fields = [
      'Received: by a\r\nReceived: by b\r\n',
      'To: c@x.test\r\n',
      'Subject:\r\n',
      `References:${'\r\n <id-of-some-length@x.test>'.repeat(60)}\r\n`,
      'Subject: José\r\n \tand more  \r\n',
      'Reply-To : r@x.test\r\n',
      'List-Unsubscribe: <https://x.test/u>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n',
      'Content-Type: text/plain;\r\n\tcharset=utf-8\r\nMIME-Version: 1.0\r\n',
    ];
    for (const field of fields) {
      const message = Buffer.from(`${field}${head}\r\nHello\r\n`);
      const signed = Buffer.concat([await signMessage(message, [rsa, ed], Date.now()), message]);
      assert.equal(await verify(signed), 'r pass, e pass', field);
      assert.ok(
        signed
          .toString()
          .split('\r\n')
          .every((line) => line.length < 998),
      );
    }
    const bare = Buffer.from(head);
    assert.equal(await verify(Buffer.concat([await signMessage(bare, [rsa], Date.now()), bare])), 'r pass');
  });

  test('break when anything that was signed is changed, added or cut off', async () => {
    const message = Buffer.from(`${head}\r\nHello\r\n`);
    const signature = await signMessage(message, [rsa, ed], Date.now());
    const text = Buffer.concat([signature, message]).toString();
    const changes: [string, string][] = [
      ['Hello', 'Hallo'],
      ['Subject: x', 'Subject: y'],
      ['From: a@own.test\r\n', 'From: evil@x.test\r\nFrom: a@own.test\r\n'],
      ['To: b@x.test\r\n', 'To: b@x.test\r\nReply-To: evil@x.test\r\n'],
      ['Hello\r\n', 'Hello\r\nand more\r\n'],
      ['Hello\r\n', ''],
    ];
    for (const [from, to] of changes) {
      assert.ok(!(await verify(Buffer.from(text.replace(from, to)))).includes('pass'), to);
    }
    assert.doesNotMatch(text, /\bl=/);
  });
});

test('From and its like are named once more than they stand there', () => {
  assert.equal(
    chooseSignedFields(['from', 'to', 'to', 'content-type', 'list-id', 'x-mine', 'received']).join(':'),
    'from:from:reply-to:subject:to:to:to:cc:date:message-id:content-type:content-type:list-id',
  );
});

test('the newest key of each algorithm that is published signs', async () => {
  const newer = makeKey('r2', 'rsa');
  const choose = async (keys: DkimKey[], published: Record<string, boolean | null>) => {
    const chosen = await chooseSigningKeys(keys, async ({ selector }) => {
      const known = published[selector];
      if (known === undefined) throw new Error(`nobody had to ask for ${selector}`);
      return known;
    });
    return chosen.map(({ selector }) => selector).join(' ');
  };
  assert.equal(await choose([ed, rsa], {}), 'r e');
  assert.equal(await choose([rsa, newer, ed], { r2: true }), 'r2 e');
  assert.equal(await choose([rsa, newer], { r2: false, r: true }), 'r');
  assert.equal(await choose([rsa, newer], { r2: null, r: true }), 'r', 'whose record is surely there');
  assert.equal(await choose([rsa, newer], { r2: null, r: null }), 'r2');
  assert.equal(await choose([rsa, newer], { r2: null, r: false }), 'r2');
  assert.equal(await choose([rsa, newer], { r2: false, r: null }), 'r');
  assert.equal(await choose([rsa, newer], { r2: false, r: false }), 'r2');
  assert.equal(await choose([], {}), '');
});

test('keys that cannot be asked for stay, unreadable ones do not count', async () => {
  const newer = makeKey('r2', 'rsa');
  let now = 0;
  let answer: (() => DkimKey[]) | null = () => [newer, { ...rsa, selector: 'broken', privateKey: 'none' }];
  const findKeys = makeKeyRing({
    readFolder: async () => [rsa, { ...ed, domain: 'other.test' }],
    fetchKeys: async () => {
      if (answer === null) throw new Error('away');
      return answer();
    },
    now: () => now,
    log: silentLogger,
  });
  const find = async (domain = 'own.test') => (await findKeys(domain)).map(({ selector }) => selector);
  assert.deepEqual(await find(), ['r', 'r2']);
  assert.deepEqual(await find('other.test'), ['e']);
  assert.deepEqual([await find(''), await find('none.test')], [[], []]);
  answer = null;
  now += 60_000;
  assert.deepEqual(await find(), ['r', 'r2']);
  answer = () => [];
  now += 60_000;
  assert.deepEqual(await find(), ['r']);
});
