import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { NativeApi } from '../../../desktop/native-api/native-api.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { runMain, type RunningMain } from '../electron-double/run-main.ts';
import { buildSmallClient } from '../electron-double/small-client.ts';

declare global {
  interface Window {
    valija?: NativeApi;
  }
}

describe('main and preload, against a double in Chromium', { skip: missingComponent('chromium') }, () => {
  const dir = makeTempDir('shell');
  const home = join(dir.path, 'home');
  let main = '';
  /** A server that answers like a profile-server whose client may talk to one more. */
  const server = createServer((_req, res) => {
    res.setHeader(
      'content-security-policy',
      "default-src 'none'; connect-src 'self' https://store.example.org",
    );
    res.end('<!doctype html>');
  });
  let url = '';
  before(async () => {
    main = await buildSmallClient(join(dir.path, 'client'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    dir.remove();
  });

  let running: RunningMain | null = null;
  afterEach(async () => void (await running?.quit()));
  /** Starts main on this server, or with what else is said. */
  function start(
    args = [`--server=${url}`],
    computer: Parameters<typeof runMain>[1] = { home },
  ): RunningMain {
    running = runMain(main, computer, args);
    return running;
  }

  it('shows the page of its own scheme, with a policy that names the servers', async () => {
    const run = start();
    const page = await run.openPage();
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    assert.match(policy ?? '', new RegExp(`connect-src 'self' ${url} https://store.example.org;`));
    assert.equal(run.done.sandboxed, true);
    assert.equal(run.sessions[0]?.facts.partition, 'persist:valija');
    // The policy holds: another server of this machine is out of reach, also from the page's own scripts.
    const reached = await page.evaluate(
      async () => (await fetch('http://localhost:1/').catch((error: unknown) => error)) instanceof Error,
    );
    assert.equal(reached, true);
    assert.deepEqual(run.sessions[0]?.facts.calledOut, []);
    // A page that asks to stay holds the quit until the person lets it go.
    const opened = await run.window;
    opened.holdPage();
    run.done.answers.push(0, 1);
    run.app.quit();
    assert.equal(opened.isDestroyed(), false);
    assert.equal(await run.quit(), 0);
    assert.equal(run.done.asked.length, 2);
  });

  it('gives the page five functions and nothing of Node or of the preload', async () => {
    const run = start();
    const page = await run.openPage();
    const seen = await page.evaluate(() => ({
      functions: Object.keys(window.valija ?? {}).toSorted(),
      leaks: ['require', 'process', 'module', 'valijaDoubleCall', 'valijaDoubleHear'].filter(
        (name) => name in window,
      ),
      frozen: Object.isFrozen(window.valija),
    }));
    assert.deepEqual(seen, {
      functions: ['announce', 'clearSession', 'keepSession', 'onOrder', 'start'],
      leaks: [],
      frozen: true,
    });
    await run.quit();
  });

  it('keeps a refresh token from one start to the next, locked by the key store, for its server only', async () => {
    const first = start();
    const page = await first.openPage();
    const kept = await page.evaluate(
      async (server) => await window.valija?.keepSession({ server, refreshToken: 'refresh-1' }),
      url,
    );
    assert.deepEqual(kept, { kept: true });
    await first.quit();
    const file = join(home, 'Valija', 'session.json');
    assert.doesNotMatch(readFileSync(file, 'utf8'), /refresh-1/);
    assert.equal(statSync(file).mode & 0o777, 0o600);

    const second = start();
    const again = await (await second.openPage()).evaluate(async () => await window.valija?.start());
    assert.equal(again?.refreshToken, 'refresh-1');
    assert.equal(again.canRemember, true);
    await second.quit();

    const other = start(['--server=http://localhost:1']);
    assert.equal(
      (await (await other.openPage()).evaluate(async () => await window.valija?.start()))?.refreshToken,
      null,
    );
    await other.quit();

    const last = start();
    assert.deepEqual(
      await (await last.openPage()).evaluate(async () => await window.valija?.clearSession()),
      { clean: true },
    );
    assert.equal(existsSync(file), false);
    await last.quit();
  });

  it('keeps no token where the key store is none', async () => {
    const run = start([`--server=${url}`], { home, keyStore: 'basic_text' });
    const page = await run.openPage();
    assert.equal((await page.evaluate(async () => await window.valija?.start()))?.canRemember, false);
    const kept = await page.evaluate(
      async (server) => await window.valija?.keepSession({ server, refreshToken: 'r' }),
      url,
    );
    assert.deepEqual(kept, { kept: false });
    assert.equal(existsSync(join(home, 'Valija', 'session.json')), false);
    await run.quit();
  });

  it('remembers a server that the person typed, and names the servers behind it from the next load on', async () => {
    const own = join(dir.path, 'typed');
    const first = start([], { home: own });
    const page = await first.openPage();
    assert.equal((await page.evaluate(async () => await window.valija?.start()))?.server, null);
    await page.evaluate(
      async (server) => await window.valija?.keepSession({ server, refreshToken: null }),
      url,
    );
    await page.reload();
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    assert.match(policy ?? '', new RegExp(`connect-src 'self' ${url} https://store.example.org;`));
    await first.quit();
    const second = start([], { home: own });
    assert.equal(
      (await (await second.openPage()).evaluate(async () => await window.valija?.start()))?.server,
      url,
    );
    await second.quit();
  });

  it('refuses arguments that are not as agreed, and every frame', async () => {
    const run = start();
    const page = await run.openPage();
    const tries = await page.evaluate(async () => {
      const api = window.valija as unknown as Record<string, (value: unknown) => Promise<unknown>>;
      const values: [string, unknown][] = [
        ['keepSession', null],
        ['keepSession', { server: 'http://evil.org', refreshToken: null }],
        ['keepSession', { server: 'file:///', refreshToken: null }],
        ['keepSession', { server: 'https://a.org', refreshToken: 7 }],
        ['keepSession', { server: 'https://a.org', refreshToken: 'x'.repeat(5000) }],
        ['keepSession', { server: 'https://a.org', refreshToken: null, path: '/etc/passwd' }],
        ['announce', { unread: -1, notice: null }],
        ['announce', { unread: 1.5, notice: null }],
        ['announce', { unread: 1, notice: { title: 'x', body: 'y', mail: '../x' } }],
        ['announce', 'hello'],
      ];
      const results = [];
      for (const [name, value] of values) {
        results.push(
          await api[name]?.(value).then(
            () => 'taken',
            () => 'refused',
          ),
        );
      }
      return results;
    });
    assert.deepEqual(
      tries,
      Array.from({ length: 10 }, () => 'refused'),
    );
    assert.equal((await page.evaluate(async () => await window.valija?.start()))?.server, url);

    await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.src = '/frame';
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    });
    assert.equal(await page.frames()[1]?.evaluate('typeof window.valija'), 'undefined');
    const opened = await run.window;
    for (const channel of ['start', 'keep-session', 'clear-session', 'announce']) {
      const answer = await opened.sendFromFrame('valija://app/frame', `valija:${channel}`, []);
      assert.match(answer ?? 'taken', /refused: not the page/, channel);
    }
    await run.quit();
  });

  it('ends when another instance is there', async () => {
    const run = start(['mailto:a@b.org'], { home, isTaken: true });
    assert.equal(await run.ended, 0);
    assert.equal(run.sessions.length, 0);
  });

  it('does not start on settings that are not right', async () => {
    const run = start(['--server=http://mail.example.org']);
    assert.equal(await run.ended, 1);
    assert.match(run.done.errorBoxes[0] ?? '', /command line: "server"/);
    assert.equal(run.sessions.length, 0);
  });
});
