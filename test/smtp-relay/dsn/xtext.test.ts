import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  decodeXtext,
  encodeXtext,
  keepOriginal,
  mendOriginal,
  readOriginal,
} from '../../../smtp-relay/dsn/xtext.ts';
import { startFakeSmtp } from '../../fakes/smtp-server.ts';
import { missingComponent } from '../../harness/component.ts';
import { startPostfix } from '../../harness/postfix.ts';
import { startTransport } from '../../harness/transport.ts';

describe('an ORCPT', () => {
  // As smtp-server hands it on, what is kept of it and leaves, what a report says.
  const cases: [string | undefined, string | null, string | null][] = [
    ['rfc822;bob@x.test', 'rfc822;bob@x.test', 'rfc822;bob@x.test'],
    ['rfc822;a+b=c@x.test', 'rfc822;a+2Bb+3Dc@x.test', 'rfc822;a+b=c@x.test'],
    ['rfc822;a+2Bb@x.test', 'rfc822;a+2B2Bb@x.test', 'rfc822;a+2Bb@x.test'],
    ['rfc822;"a b"@x.test', 'rfc822;"a+20b"@x.test', 'rfc822;"a b"@x.test'],
    // Sent as bytes in xtext, and as characters under SMTPUTF8.
    ['utf-8;jos\u00c3\u00a9@x.test', 'utf-8;jos+C3+A9@x.test', 'utf-8;josé@x.test'],
    ['utf-8;josé@x.test', 'utf-8;jos+C3+A9@x.test', 'utf-8;josé@x.test'],
    ['utf-8;日本@x.test', 'utf-8;+E6+97+A5+E6+9C+AC@x.test', 'utf-8;日本@x.test'],
    [`rfc822;${'a'.repeat(493)}`, `rfc822;${'a'.repeat(493)}`, `rfc822;${'a'.repeat(493)}`],
    [`rfc822;${'a'.repeat(490)}++`, null, null],
    ['x', null, null],
    [undefined, null, null],
  ];
  for (const [unquoted, kept, reported] of cases) {
    test(`${unquoted?.slice(0, 30)} is kept, sent and reported`, () => {
      assert.equal(keepOriginal(unquoted), kept);
      assert.equal(kept === null ? null : mendOriginal(kept), kept);
      assert.equal(kept === null ? null : readOriginal(kept), reported);
    });
  }

  test('that was queued without xtext leaves in valid form, and is reported as it is', () => {
    assert.equal(mendOriginal('rfc822;a+b@x.test'), 'rfc822;a+2Bb@x.test');
    assert.equal(readOriginal('rfc822;a+b@x.test'), 'rfc822;a+b@x.test');
    assert.equal(mendOriginal('rfc822;a b@x.test'), 'rfc822;a+20b@x.test');
    assert.equal(mendOriginal('nothing'), null);
  });
});

test('xtext is undone as it was made', () => {
  for (const text of ['plain-1', 'key=1+2 ñ', '+', '+2B']) assert.equal(decodeXtext(encodeXtext(text)), text);
});

const skip =
  missingComponent('smtp-sink') || (process.getuid?.() === 0 ? false : 'Postfix starts as root only');

test('Postfix takes every ORCPT that leaves', { skip }, async (t) => {
  const transport = await startTransport({ dns: null, stsPort: 443 });
  const last = await startFakeSmtp({ extensions: ['8BITMIME', 'DSN'] });
  const host = await startPostfix({ port: last.port });
  t.after(async () => {
    host.stop();
    await last.close();
    await transport.stop();
  });
  for (const original of [
    'rfc822;a+b@x.test',
    'rfc822;a+2Bb@x.test',
    keepOriginal('rfc822;a+b@x.test'),
    null,
  ]) {
    const recipients = new Map([['a+b@x.test', { notify: null, original }]]);
    const dsn = { ret: null, envid: 'k', recipients };
    const { state, serverLine } = await transport.send({ port: host.port }, { to: ['a+b@x.test'], dsn });
    assert.equal(state, 'accepted', `${original}: ${serverLine}`);
  }
  const limit = AbortSignal.timeout(20_000);
  while (last.mails.length < 4) {
    limit.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const passedOn = last.mails.map(({ to: [to = ''] }) => /ORCPT=(\S+)/.exec(to)?.[1]?.toLowerCase());
  assert.deepEqual(new Set(passedOn), new Set(['rfc822;a+2bb@x.test']));
});
