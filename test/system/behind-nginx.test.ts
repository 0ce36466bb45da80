import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { registerWithAccount } from '../harness/add-account.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { startChromium, type TestBrowser } from '../harness/chromium.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { prepareNginx, type Nginx } from '../harness/nginx.ts';
import { findPortBase } from '../harness/ports.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runValija, startSystem, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makeMessages } from '../storage-server/retrieval/store.ts';

const ANA = { user: 'ana', password: 'a traveller since 2026' };
const missing = missingComponent('nginx', 'dovecot', 'smtp-sink', 'chromium', 'openssl');

/** Beyond what nginx takes by itself, and beyond what it keeps in memory of an answer. */
const LARGE = 12 << 20;

/** Until somebody has called there in vain. */
async function hangUpOnce(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.destroy();
  server.close();
  await once(server, 'close');
}

describe('behind nginx as docs/proxy.md sets it up', { skip: missing, timeout: 180_000 }, () => {
  const temp = makeTempDir('behind-nginx');
  const ends: (() => Promise<unknown>)[] = [];
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let nginx: Nginx;
  let system: System;
  let chromium: TestBrowser;

  before(async () => {
    const authority = makeAuthority(temp.path);
    process.env['NODE_EXTRA_CA_CERTS'] = authority.certFile;
    const portBase = await findPortBase();
    dovecot = await startDovecot({ users: { ana: 'maildrop' } });
    ends.push(async () => await dovecot.stop());
    sink = await startSmtpSink();
    ends.push(async () => await sink.stop());
    nginx = await prepareNginx(portBase, authority.issue(['localhost']));
    ends.push(async () => await nginx.stop());
    const [profile, storage, relay] = nginx.urls;
    const starting = startSystem({
      mode: 'start',
      portBase,
      env: {
        VALIJA_BEHIND_PROXY: 'true',
        VALIJA_PUBLIC_URL: profile!,
        VALIJA_STORAGE_URL: storage!,
        VALIJA_RELAY_URL: relay!,
        VALIJA_SENDERS: 'claimed',
        VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}`,
      },
    });
    // The proxy comes up last, when a part has already failed to reach another through it.
    await hangUpOnce(Number(new URL(profile!).port));
    await nginx.start();
    system = await starting;
    ends.push(async () => await system.stop());
    chromium = await startChromium();
    ends.push(async () => await chromium.close());
    await registerWithAccount(system, ANA, { port: dovecot.port, name: 'ana', password: 'maildrop' });
  });
  after(async () => {
    for (const end of ends.toReversed()) await end();
    temp.remove();
    delete process.env['NODE_EXTRA_CA_CERTS'];
  });

  const run = async (...args: string[]): Promise<unknown> => {
    const { code, json, stderr } = await runValija(system, args, ANA);
    assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
    return json;
  };

  test('a browser signs in, and mail that comes later is in the list by itself', async () => {
    dovecot.deliver('ana', makeMessages(2, 'early'));
    await run('check');
    const page = await (await chromium.openPc({ ignoreHTTPSErrors: true })).newPage();
    await page.goto(system.ready.web!);
    await page.getByTestId('login-user').fill(ANA.user);
    await page.getByTestId('login-password').fill(ANA.password);
    await page.getByTestId('login-submit').click();
    await page.locator('[data-testid=message-list][data-loaded="2"]').waitFor();
    dovecot.deliver('ana', makeMessages(1, 'late'));
    await run('check');
    await page.locator('[data-testid=message-list][data-loaded="3"]').waitFor();
  });

  test('a large attachment goes up and out, and comes down with everything else', async () => {
    const file = join(temp.path, 'thesis.bin');
    writeFileSync(file, randomBytes(LARGE));
    const letter = ['--from', 'ana@uni.test', '--to', 'luis@far.test', '--subject', 'Thesis'];
    await run('send', ...letter, '--attach', file);
    const limit = AbortSignal.timeout(30_000);
    while (sink.mails().length === 0) {
      limit.throwIfAborted();
      await delay(50);
    }
    const out = join(temp.path, 'everything');
    await run('export', '--format', 'archive', '--out', out);
    const sizes = readdirSync(out, { recursive: true }).map((name) => statSync(join(out, String(name))).size);
    assert.ok(Math.max(...sizes) > LARGE, sizes.join(' '));
  });

  test('who calls is told by his own address', async () => {
    const caller = request(`${system.ready.profile!}/trpc/session.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: system.ready.profile! },
      localAddress: '127.0.0.9',
      ca: readFileSync(process.env['NODE_EXTRA_CA_CERTS']!),
    });
    caller.end(JSON.stringify({ name: ANA.user, password: ANA.password }));
    const [answer] = (await once(caller, 'response')) as [IncomingMessage];
    answer.resume();
    assert.equal(answer.statusCode, 200);
    const { sessions } = (await run('session', 'list')) as { sessions: { address: string }[] };
    assert.ok(
      sessions.some(({ address }) => address === '127.0.0.9'),
      JSON.stringify(sessions),
    );
  });
});
