import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { runMain, type RunningMain } from '../electron-double/run-main.ts';
import { buildSmallClient } from '../electron-double/small-client.ts';

const CLEARED = [
  'closeAllConnections',
  'clearData',
  'clearAuthCache',
  'clearHostResolverCache',
  'clearCodeCaches',
];

describe('lab mode, against a double in Chromium', { skip: missingComponent('chromium') }, () => {
  const dir = makeTempDir('lab-mode');
  const home = join(dir.path, 'home');
  const runtime = join(dir.path, 'run');
  const root = join(runtime, `valija-lab-${process.getuid?.() ?? 'user'}`);
  let main = '';
  before(async () => {
    main = await buildSmallClient(join(dir.path, 'client'));
    mkdirSync(runtime, { mode: 0o700 });
  });
  after(() => dir.remove());

  let run: RunningMain | null = null;
  afterEach(async () => void (await run?.quit()));
  function start(failing: string[] = []): RunningMain {
    run = runMain(main, { home, failing }, ['--server=http://localhost:1', '--lab'], {
      XDG_RUNTIME_DIR: runtime,
    });
    return run;
  }

  it('lives in a fresh private folder and leaves nothing of it', async () => {
    mkdirSync(join(root, 'session-Stale1'), { recursive: true, mode: 0o700 });
    writeFileSync(join(root, 'session-Stale1', 'Cookies'), 'someone');
    const run = start();
    const page = await run.openPage();
    const folder = run.done.paths.get('sessionData') ?? '';
    assert.ok(folder.startsWith(join(root, 'session-')));
    assert.deepEqual(readdirSync(root), [folder.slice(root.length + 1)]);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of ['userData', 'crashDumps', 'logs'])
      assert.ok(run.done.paths.get(name)?.startsWith(folder), name);
    assert.ok(run.done.switches.includes('disable-http-cache'));
    assert.deepEqual(run.sessions[0]?.facts.options, { cache: false });
    // Chromium does write there, although the partition is in memory.
    assert.ok(readdirSync(folder).length > 0);
    assert.deepEqual(await page.evaluate(async () => await window.valija?.start()), {
      server: 'http://localhost:1',
      serverLocked: false,
      lab: true,
      room: null,
      pc: null,
      canRemember: false,
      refreshToken: null,
      version: '0.0.0-double',
    });
    const kept = await page.evaluate(
      async () => await window.valija?.keepSession({ server: 'http://localhost:1', refreshToken: 'r' }),
    );
    assert.deepEqual(kept, { kept: false });
    assert.equal(await run.quit(), 0);
    assert.equal(existsSync(root), false);
    assert.equal(existsSync(home), false);
  });

  it('clears all at sign-out, and says so only when it worked', async () => {
    const run = start();
    const page = await run.openPage();
    await page.evaluate(() => localStorage.setItem('left', 'behind'));
    assert.deepEqual(await page.evaluate(async () => await window.valija?.clearSession()), { clean: true });
    assert.deepEqual(run.sessions[0]?.facts.cleared, CLEARED);
    assert.equal(await page.evaluate(() => localStorage.getItem('left')), null);
    await run.quit();

    const broken = start(['clearAuthCache']);
    const other = await broken.openPage();
    assert.deepEqual(await other.evaluate(async () => await window.valija?.clearSession()), { clean: false });
    assert.deepEqual(broken.sessions[0]?.facts.cleared, CLEARED);
    await broken.quit();
  });

  it('signs out before it ends, whether quit or closed', async () => {
    for (const way of ['quit', 'close'] as const) {
      const run = start();
      const page = await run.openPage();
      await page.evaluate(() => {
        window.valija?.onOrder((order) => {
          if (order.kind === 'sign-out') void window.valija?.clearSession();
        });
      });
      // Messages keep their order: once this is answered, main knows that the page listens.
      await page.evaluate(async () => await window.valija?.start());
      if (way === 'quit') run.app.quit();
      else (await run.window).askClose();
      assert.equal(await run.ended, 0);
      // Once for the page, once more for what came after.
      assert.deepEqual(run.sessions[0]?.facts.cleared, [...CLEARED, ...CLEARED]);
      assert.equal(existsSync(root), false);
    }
  });

  it('clears the clipboard of what was copied here, and leaves what came from elsewhere', async () => {
    const run = start();
    const page = await run.openPage();
    const shown = (await run.window).window;
    const settle = async (): Promise<void> =>
      void (await page.evaluate(async () => await window.valija?.start()));
    run.clipboard.text = 'from elsewhere';
    shown.emit('focus');
    await settle();
    await page.evaluate(async () => await window.valija?.clearSession());
    assert.equal(run.clipboard.text, 'from elsewhere');
    run.clipboard.text = 'copied from a mail';
    shown.emit('blur');
    await settle();
    await page.evaluate(async () => await window.valija?.clearSession());
    assert.equal(run.clipboard.text, '');
    run.clipboard.text = 'copied later elsewhere';
    await page.evaluate(async () => await window.valija?.clearSession());
    assert.equal(run.clipboard.text, 'copied later elsewhere');
    await run.quit();
  });

  it('tells nothing of the mail to the system', async () => {
    const run = start();
    const page = await run.openPage();
    run.focused.value = false;
    const notice = { title: 'Dr. Ana', body: 'Your results', mail: 'm1' };
    await page.evaluate(async (notice) => await window.valija?.announce({ unread: 1, notice }), notice);
    assert.deepEqual(run.done.notifications[0]?.options, { title: 'Valija', body: 'New mail has arrived.' });
    await run.quit();
  });
});
