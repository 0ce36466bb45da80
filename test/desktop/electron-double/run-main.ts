import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Page } from 'playwright-core';
import type { Computer } from './computer.ts';
import { makeElectron, type ElectronDouble } from './double.ts';

export interface RunningMain extends ElectronDouble {
  /** The page of the window, loaded. */
  openPage(): Promise<Page>;
  /** Ends it as a person does, and waits until all is closed. */
  quit(): Promise<number>;
}

/**
 * Runs the real main (the bundle that ships) in this process against the double. `args` are what stands behind the
 * program's name; `env` replaces VALIJA_* for the start, which is synchronous.
 */
export function runMain(
  main: string,
  computer: Partial<Computer> & { home: string },
  args: string[] = [],
  env: Record<string, string> = {},
): RunningMain {
  const double = makeElectron({
    languages: ['en-US'],
    isTaken: false,
    isPackaged: false,
    keyStore: 'gnome_libsecret',
    failing: [],
    ...computer,
  });
  const real = createRequire(main);
  const source = readFileSync(main, 'utf8');
  const start = compileFunction(source, ['require', 'module', 'exports', '__dirname', '__filename'], {
    filename: main,
  });
  const module = { exports: {} };
  const load = (name: string): unknown => (name === 'electron' ? double.electron : (real(name) as unknown));
  // As Electron says where a packaged program's resources are.
  Object.assign(process, { resourcesPath: dirname(main) });
  withProcess(args, env, () => start(load, module, module.exports, dirname(main), main) as unknown);
  setImmediate(() => double.becomeReady());
  const endedEarly = double.ended.then((code): never => {
    throw new Error(`main ended with ${code} before there was a page`);
  });
  endedEarly.catch(() => undefined);
  return {
    ...double,
    openPage: async () => {
      const { page } = await Promise.race([double.window, endedEarly]);
      const opened = await page;
      await opened.waitForURL(/^http:\/\/valija-app\.localhost\//);
      return opened;
    },
    quit: async () => {
      double.app.quit();
      const code = await double.ended;
      if (double.done.errors.length > 0)
        throw new AggregateError(double.done.errors, 'the double failed on the way');
      return code;
    },
  };
}

function withProcess(args: string[], env: Record<string, string>, work: () => unknown): void {
  const before = { argv: process.argv, env: { ...process.env } };
  process.argv = ['electron', 'main.cjs', ...args];
  for (const name of Object.keys(process.env)) if (name.startsWith('VALIJA_')) delete process.env[name];
  Object.assign(process.env, env);
  try {
    work();
  } finally {
    process.argv = before.argv;
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before.env);
  }
}
