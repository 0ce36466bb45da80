import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { registerWithAccount } from '../harness/add-account.ts';
import { requireComponent } from '../harness/component.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { LAUNCHER, makeEnv } from '../harness/server-process.ts';
import { runValija, startSystem } from '../harness/system.ts';

const ANA = { user: 'ana', password: 'a traveller since 2026' };
const MAIL = Buffer.concat([Buffer.from('Subject: large\r\n\r\n'), Buffer.alloc(999_992, 'twelve char\n')]);

test('raw waits for a reader that pauses near the end, wherever that is', async (t) => {
  if (requireComponent(t, 'dovecot')) return;
  const dovecot = await startDovecot({ users: { ana: 'maildrop' } });
  dovecot.deliver('ana', [MAIL]);
  const system = await startSystem({ mode: 'start' });
  t.after(async () => {
    await system.stop();
    await dovecot.stop();
  });
  const maildrop = { host: dovecot.host, port: dovecot.port, name: 'ana', password: 'maildrop' };
  await registerWithAccount(system, ANA, maildrop);
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
