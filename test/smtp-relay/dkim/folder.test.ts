import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { startFakeSmtp } from '../../fakes/smtp-server.ts';
import { sendMail, startRelayWorld, takeResults } from '../../harness/relay.ts';

test('mail of a domain with a key leaves signed by our own way, and only it', async (t) => {
  const next = await startFakeSmtp();
  const world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const folder = join(world.dataDir, 'smtp-relay', 'dkim');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'own.test.s2026.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const relay = await world.startRelay();
  t.after(async () => {
    await relay.stop();
    await world.stop();
    await next.close();
  });
  await world.addAccount('alice@own.test');
  await world.addAccount('alice@other.test');
  const dialog = await world.signIn(relay);
  const message = (from: string): string =>
    `From: ${from}\r\nTo: b@x.test\r\nSubject: se\u00f1al\r\n\r\n.dots\r\n  spaces  \r\n\r\n`.replaceAll(
      '\r\n.',
      '\r\n..',
    );
  for (const from of ['alice@own.test', 'alice@other.test']) {
    assert.match(await sendMail(dialog, { from, to: ['b@x.test'], message: message(from) }), /^250/);
  }
  // Whoever wrote it, and be it under a name of the own domain: a rule passes it on, and nobody here answers for its From.
  const forged = 'From: boss@own.test\r\nTo: alice@own.test\r\nSubject: pay\r\n\r\nnow\r\n';
  const passedOn = { from: 'alice@own.test', to: ['c@x.test'], key: 'fwd_1', message: forged };
  assert.match(await sendMail(dialog, passedOn), /^250/);
  dialog.close();
  const home = world.asHome(relay);
  await takeResults(home, (found) => found.length >= 3);
  const passed = next.mails.find(({ to }) => to.includes('<c@x.test>'))?.raw.toString() ?? '';
  assert.ok(passed.endsWith(forged));
  assert.doesNotMatch(passed, /DKIM-Signature/);
  const text = (from: string) =>
    next.mails.find((mail) => mail.from.includes(from) && mail.to.includes('<b@x.test>'))?.raw ??
    Buffer.alloc(0);
  const record = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const { results } = await dkimVerify(text('alice@own.test'), {
    resolver: async (name: string) => {
      assert.equal(name, 's2026._domainkey.own.test');
      return [[`v=DKIM1; k=rsa; p=${record}`]];
    },
  });
  assert.deepEqual(
    results.map((result) => [result.status.result, result.signingDomain, result.selector]),
    [['pass', 'own.test', 's2026']],
  );
  assert.doesNotMatch(text('alice@other.test').toString(), /DKIM-Signature/);
  const explained = await home.route.explain.query({
    from: 'alice@own.test',
    to: 'b@x.test',
    user: world.user,
  });
  assert.deepEqual(explained.dkim, { domain: 'own.test', selector: 's2026', state: 'missing' });
});
