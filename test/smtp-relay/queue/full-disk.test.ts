import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFakeSmtp, type FakeSmtpConnection } from '../../fakes/smtp-server.ts';
import { sendMail, startRelayWorld, takeResults } from '../../harness/relay.ts';

const FROM = 'alice@own.test';
const LINES = `${randomBytes(200_000).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`;

test('a disk that fills: 452, what was answered leaves once, and then there is room again without anybody’s help', async (t) => {
  if (process.getuid?.() !== 0) {
    t.skip('missing: root, to mount a small disk');
    return;
  }
  const held: FakeSmtpConnection[] = [];
  let holding = true;
  const next = await startFakeSmtp({
    script: (connection, verb) => {
      if (verb !== 'CONNECT' || !holding) return false;
      held.push(connection);
      return true;
    },
  });
  const world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` });
  const disk = join(world.dataDir, 'smtp-relay');
  mkdirSync(disk, { recursive: true, mode: 0o700 });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  const relay = await world.startRelay();
  t.after(async () => {
    await relay.stop();
    await next.close();
    execFileSync('umount', [disk]);
    await world.stop();
  });
  await world.addAccount(FROM);
  const dialog = await world.signIn(relay);
  const submit = async (key: string): Promise<string> =>
    await sendMail(dialog, {
      from: FROM,
      to: ['bob@x.test'],
      key,
      message: `From: ${FROM}\r\nX-Key: ${key}\r\n\r\n${LINES}`,
    });

  const answered: string[] = [];
  let refused = '';
  for (let n = 0; n < 60 && refused === ''; n++) {
    const reply = await submit(`first-${n}`);
    if (reply.startsWith('250')) answered.push(`first-${n}`);
    else refused = reply;
  }
  assert.match(refused, /^452 4\.3\.1 /);
  assert.ok(answered.length > 5, `${answered.length} were taken`);

  // What waits goes, full disk or not: each that has gone makes room for the note that it has.
  holding = false;
  for (const connection of held) connection.say('220 fake.test ESMTP');
  const results = await takeResults(world.asHome(relay), (found) => found.length >= answered.length);
  assert.deepEqual(
    new Map(results.map((one) => [one.sendKey, one.kind === 'recipient' && one.recipient.state])),
    new Map(answered.map((key) => [key, 'accepted'])),
  );
  const later = await submit('later');
  assert.match(later, /^250/, 'without a restart, and without a larger disk');
  answered.push('later');
  await takeResults(
    world.asHome(relay),
    (found) => found.some(({ sendKey }) => sendKey === 'later'),
    results.length,
  );
  const keys = next.mails.map((mail) => /^X-Key: (.+)\r$/m.exec(mail.raw.toString())?.[1] ?? '');
  assert.deepEqual(keys.toSorted(), answered.toSorted(), 'each once');
  dialog.close();
});
