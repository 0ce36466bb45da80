import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { _electron } from 'playwright-core';
import { makeTempDir } from '../../harness/tempdir.ts';
import { buildSmallClient } from '../electron-double/small-client.ts';

const BINARIES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const binary = join(
  import.meta.dirname,
  '../../../node_modules/electron/dist',
  BINARIES[process.platform] ?? 'electron',
);
const display = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];

/** Skipped with CI=true too: the binary comes from outside of npm and cannot be fetched there. Asking for its path by require('electron') would try to. */
function findObstacle(): string | false {
  if (!existsSync(binary))
    return "Electron's binary is not here (npx install-electron): main and preload ran against the double only";
  return display ? false : 'no display';
}

test('main and preload run in Electron itself', { skip: findObstacle() }, async () => {
  const dir = makeTempDir('electron');
  const main = await buildSmallClient(join(dir.path, 'client'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: binary,
    args: [...sandbox, main, '--server=http://localhost:1', '--lab'],
    env: { ...process.env, XDG_RUNTIME_DIR: dir.path },
  });
  try {
    const page = await app.firstWindow();
    assert.equal(page.url(), 'valija://app/');
    const start = await page.evaluate(async () => await window.valija?.start());
    assert.equal(start?.lab, true);
    assert.equal(start.server, 'http://localhost:1');
    assert.equal(
      await page.evaluate(() => typeof (globalThis as { require?: unknown }).require),
      'undefined',
    );
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    assert.match(policy ?? '', /connect-src 'self' http:\/\/localhost:1;/);
    assert.deepEqual(await page.evaluate(async () => await window.valija?.clearSession()), { clean: true });
  } finally {
    await app.close();
  }
  dir.remove();
});
