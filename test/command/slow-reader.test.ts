import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireComponent } from '../harness/component.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { LAUNCHER, makeEnv } from '../harness/server-process.ts';
import { runValija, startSystem } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const ANA = { user: 'ana', password: 'a traveller since 2026' };
const MAIL = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(999_992, 'twelve char\n')]);

test('raw waits for a reader that pauses near the end, wherever that is', async (t) => {
  if (requireComponent(t, 'dovecot')) return;
  const temp = makeTempDir('slow-reader');
  const dovecot = await startDovecot({ users: { ana: 'maildrop' } });
  dovecot.deliver('ana', [MAIL]);
  const system = await startSystem({ mode: 'start' });
  t.after(async () => {
    await system.stop();
    await dovecot.stop();
    temp.remove();
  });
  const secret = join(temp.path, 'secret');
  writeFileSync(secret, 'maildrop');
  await runValija(system, ['register'], ANA);
  const server = ['--pop3-host', dovecot.host, '--pop3-port', String(dovecot.port), '--pop3-tls', 'none'];
  const login = ['--pop3-user', 'ana', '--pop3-password-file', secret];
  await runValija(system, ['account', 'add', '--email', 'ana@uni.test', ...server, ...login], ANA);
  await runValija(system, ['check'], ANA);
  const list = (await runValija(system, ['list'], ANA)).json as { mails: { id: string; size: number }[] };
  const [mail] = list.mails;

  // What the system holds between two processes differs, so the pause comes at many places.
  for (let pause = 180_000; pause <= 320_000; pause += 10_000) {
    const env = makeEnv({
      VALIJA_SERVER: system.ready.profile ?? '',
      VALIJA_USER: ANA.user,
      VALIJA_PASSWORD: ANA.password,
    });
    const child = spawn(process.execPath, [LAUNCHER, 'raw', mail!.id], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    });
    let read = 0;
    let paused = false;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      read += chunk.length;
      if (!paused && read > mail!.size - pause) {
        paused = true;
        await sleep(300);
      }
    }
    assert.equal(read, mail!.size, `paused ${pause} bytes before the end`);
  }
});
