import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BlobReader } from '../../../storage-server/blob/blob-reader.ts';
import { findBody } from '../../../storage-server/mime/split.ts';
import { judgeMail, type Judgement } from '../../../storage-server/origin/judge-mail.ts';
import { makeResolver } from '../../../storage-server/origin/resolver.ts';
import { missingComponent } from '../../harness/component.ts';
import { findFreePort } from '../../harness/ports.ts';
import { type Unbound, startUnbound } from '../../harness/unbound.ts';
import { deliver, makeSender, makeText } from './signed-mail.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;

describe('judging a collected mail', { skip: missingComponent('unbound') }, () => {
  const sender = makeSender();
  let dns: Unbound;
  before(async () => void (dns = await startUnbound(sender.records)));
  after(async () => await dns.stop());

  const judge = async (
    message: Buffer,
    change: { now?: number; port?: number; ids?: string[] } = {},
  ): Promise<Judgement> => {
    const split = findBody(message);
    const parts = new Map([
      ['header', message.subarray(0, split)],
      ['body', message.subarray(split)],
    ]);
    const blobs: BlobReader = {
      read: async (id) => parts.get(id)!,
      // In small pieces: a large body is never whole in memory.
      open: async function* (id, start, end) {
        for (let at = start; at < end; at += 7) yield parts.get(id)!.subarray(at, Math.min(at + 7, end));
      },
    };
    const provider = { domain: 'own.test', hosts: ['pop.own.test'], authservIds: change.ids ?? [] };
    const request = {
      header: 'header',
      body: 'body',
      size: message.length,
      provider,
      now: change.now ?? NOW,
    };
    return await judgeMail(request, blobs, makeResolver({ host: dns.host, port: change.port ?? dns.port }));
  };
  const sum = ({ authentication: { from, dkim, spf, arc }, temporary }: Judgement) =>
    [
      from.dmarc,
      dkim.map(({ result }) => result).join(),
      spf?.result ?? null,
      arc?.result ?? null,
      temporary,
    ] as const;

  test('signed, and handed over by a machine of the sender', async () => {
    const judged = await judge(deliver(await sender.sign(makeText()), '192.0.2.7'));
    assert.deepEqual(judged, {
      authentication: {
        from: { domain: 'sender.test', dmarc: 'pass' },
        dkim: [{ domain: 'sender.test', selector: 's1', result: 'pass' }],
        spf: { domain: 'sender.test', result: 'pass', ip: '192.0.2.7' },
        arc: null,
        by: 'valija',
      },
      temporary: false,
    });
  });

  test('one byte of the text is another', async () => {
    const message = await sender.sign(makeText());
    message[message.length - 4] = 'X'.charCodeAt(0);
    assert.deepEqual(sum(await judge(deliver(message, '192.0.2.66'))), ['fail', 'fail', 'fail', null, false]);
  });

  test('not signed, from a machine that may send and from one that may not', async () => {
    assert.deepEqual(sum(await judge(deliver(makeText(), '192.0.2.7'))), ['pass', '', 'pass', null, false]);
    assert.deepEqual(sum(await judge(deliver(makeText(), '192.0.2.66'))), ['fail', '', 'fail', null, false]);
  });

  test('a forged hop below the border does not help', async () => {
    const forged =
      'Received: from out.sender.test (out.sender.test [192.0.2.7]) by mx.own.test with ESMTP; x';
    assert.deepEqual(sum(await judge(deliver(makeText([forged]), '192.0.2.66'))), [
      'fail',
      '',
      'fail',
      null,
      false,
    ]);
  });

  test('sealed by whom it went through (ARC), intact and tampered with', async () => {
    const sealed = await sender.seal(await sender.sign(makeText()));
    assert.equal((await judge(deliver(sealed, '192.0.2.7'))).authentication.arc?.result, 'pass');
    sealed[sealed.length - 4] = 'X'.charCodeAt(0);
    assert.equal((await judge(deliver(sealed, '192.0.2.7'))).authentication.arc?.result, 'fail');
  });

  test("the provider's own word at its border stands", async () => {
    const word = 'Authentication-Results: mx.own.test; spf=pass smtp.mailfrom=ana@sender.test; dmarc=pass';
    const { authentication } = await judge(deliver(makeText(), '192.0.2.66', [word]));
    assert.deepEqual([authentication.by, authentication.from.dmarc], ['mx.own.test', 'pass']);
    const forged = await judge(deliver(makeText([word]), '192.0.2.66', []));
    assert.deepEqual([forged.authentication.by, forged.authentication.from.dmarc], ['valija', 'fail']);
  });

  test('years later only a signature that still holds proves something', async () => {
    const signed = deliver(await sender.sign(makeText()), '192.0.2.7');
    assert.deepEqual(sum(await judge(signed, { now: NOW + 900 * DAY })), ['pass', 'pass', null, null, false]);
    const bare = await judge(deliver(makeText(), '192.0.2.66'), { now: NOW + 900 * DAY });
    assert.deepEqual(sum(bare), ['none', '', null, null, false]);
  });

  test('without any DNS everything is open, and worth another try', async () => {
    const port = await findFreePort();
    const judged = await judge(deliver(await sender.sign(makeText()), '192.0.2.7'), { port });
    assert.deepEqual(sum(judged), ['temperror', 'temperror', 'temperror', null, true]);
  });

  test('broken mails are judged too', async () => {
    const broken = [
      '',
      '\r\n\r\n',
      'From: \r\n\r\n',
      'DKIM-Signature: v=1\r\nFrom: a@sender.test\r\n\r\nx',
      'DKIM-Signature: v=1; a=rsa-sha256; d=sender.test; s=s1; h=from; bh=x; b=x\r\nFrom: a@sender.test\r\n\r\nx',
      'ARC-Seal: i=1\r\nFrom: a@sender.test, b@other.test\r\n\r\nx',
      'ARC-Seal: i=99; a=rsa-sha256; cv=none; d=x; s=y; b=z\r\n\r\n',
    ];
    for (const message of broken) {
      const { authentication } = await judge(Buffer.from(message));
      assert.notEqual(authentication.from.dmarc, 'pass', message);
    }
  });
});
