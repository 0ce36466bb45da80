import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFakeSmtp } from '../fakes/smtp-server.ts';
import { sendMail, startRelayWorld, takeResults } from '../harness/relay.ts';

test('a code that proves a sender leaves by the relay, signed; with it the sender may send', async (t) => {
  const next = await startFakeSmtp();
  const world = await startRelayWorld({
    RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}`,
    SENDERS: 'verified',
    NOTICE_FROM: 'valija@mail.test',
  });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const folder = join(world.dataDir, 'smtp-relay', 'dkim');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'mail.test.s1.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const relay = await world.startRelay();
  t.after(async () => {
    await relay.stop();
    await world.stop();
    await next.close();
  });
  await world.addAccount('alice@own.test');
  const user = await world.asUser();
  const dialog = await world.signIn(relay);
  const mail = { from: 'alice@own.test', to: ['b@x.test'] };
  assert.match(await sendMail(dialog, mail), /^550 5\.7\.1 .*sender-unverified/);

  const identity = (await user.sender.list.query()).senders[0]!.identity;
  await user.sender.sendCode.mutate({ identity });
  const isCode = (results: Awaited<ReturnType<typeof takeResults>>) =>
    results.some(({ sendKey }) => sendKey.startsWith('notice_'));
  const [result] = await takeResults(world.asHome(relay), isCode);
  assert.equal(result?.kind === 'recipient' && result.recipient.state, 'accepted');
  const [sent] = next.mails;
  assert.match(sent?.from ?? '', /^<>/);
  assert.match(sent?.to[0] ?? '', /^<alice@own\.test>/);
  const raw = sent?.raw.toString() ?? '';
  assert.match(raw, /^DKIM-Signature: [^]* d=mail\.test; /m);
  assert.match(raw, /^From: Valija <valija@mail\.test>\r$/m);
  assert.match(raw, /^Date: /m);
  const code = /^X-Valija-Sender-Code: (\d{8})\r$/m.exec(raw)?.[1] ?? '';
  await user.sender.confirm.mutate({ identity, code });
  const again = await world.signIn(relay);
  assert.match(await sendMail(again, mail), /^250/);
  dialog.close();
  again.close();
});
