import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';

/** Debian's Chromium, without anything that talks to the network by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The same engine without a browser's own window, at three quarters of the processor time; Debian has it as a package of its own. */
const SHELL = '/usr/bin/chromium-headless-shell';

/** The program that tests start as Chromium. */
export function findChromium(): string {
  return existsSync(SHELL) ? SHELL : '/usr/bin/chromium';
}

export interface TestBrowser {
  browser: Browser;
  /** A fresh profile: a PC on which nobody was before. */
  openPc(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Starts one browser; each PC in it has its own cookies, caches and storage. `flags`: further ones of Chromium. */
export async function startChromium(flags: string[] = []): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: [...FLAGS, ...flags],
  });
  return {
    browser,
    openPc: async (options = {}) =>
      await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Madrid',
        // Each frame of a movement is drawn by the processor here.
        reducedMotion: 'reduce',
        ...options,
      }),
    close: async () => await browser.close(),
  };
}
