import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { makeTempDir } from './tempdir.ts';

/** A computer with a browser that keeps its profile on disk, as in a lab: home, profile and temporary files are in `folder`. */
export interface RealProfile {
  folder: string;
  open(address: string): Promise<Page>;
  /** Closes it as a person does. */
  close(): Promise<void>;
  /** SIGKILL to all of its processes. */
  kill(): Promise<void>;
  remove(): void;
}

/** What docs/lab.md has administrators set by policy: the browser neither keeps passwords nor asks whether it should. */
const MANAGED = { credentials_enable_service: false, profile: { password_manager_enabled: false } };

/**
 * Chromium as it is installed: with its disk cache, its history, its pages kept for the way back, and what it restores
 * after a crash. `managed`: set up as docs/lab.md says.
 */
export async function startRealProfile({ managed }: { managed: boolean }): Promise<RealProfile> {
  const temp = makeTempDir('lab-pc');
  for (const name of ['home', 'tmp', 'profile']) mkdirSync(join(temp.path, name));
  const home = join(temp.path, 'home');
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--lang=en-GB'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const profile = join(temp.path, 'profile');
  if (managed) {
    mkdirSync(join(profile, 'Default'));
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(MANAGED));
  }
  const child = spawn(
    '/usr/bin/chromium',
    [
      ...flags,
      ...quiet,
      '--disable-quic',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    {
      // A group of its own, so that all of it can be ended at once.
      detached: true,
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        TMPDIR: join(temp.path, 'tmp'),
        XDG_CONFIG_HOME: join(home, 'config'),
        XDG_CACHE_HOME: join(home, 'cache'),
      },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const browser = await connect(child, profile);
    return {
      folder: temp.path,
      open: async (address) => {
        const context = browser.contexts()[0];
        if (context === undefined) throw new Error('the browser has no window');
        const page = await context.newPage();
        page.setDefaultTimeout(15_000);
        await page.goto(address);
        return page;
      },
      close: async () => {
        const session = await browser.newBrowserCDPSession();
        await session.send('Browser.close').catch(() => undefined);
        await ended;
      },
      kill: async () => {
        endGroup(child);
        await ended;
      },
      remove: () => {
        endGroup(child);
        temp.remove();
      },
    };
  } catch (error) {
    endGroup(child);
    temp.remove();
    throw error;
  }
}

async function connect(child: ChildProcess, profile: string): Promise<Browser> {
  const file = join(profile, 'DevToolsActivePort');
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`chromium ended with ${child.exitCode}`);
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : '';
    if (port) return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('chromium does not listen');
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended before.
  }
}
