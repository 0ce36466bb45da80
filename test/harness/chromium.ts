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

export interface TestBrowser {
  browser: Browser;
  /** A fresh profile: a PC on which nobody was before. */
  openPc(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Starts one browser; each PC in it has its own cookies, caches and storage. `flags`: further ones of Chromium. */
export async function startChromium(flags: string[] = []): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [...FLAGS, ...flags],
  });
  return {
    browser,
    openPc: async (options = {}) =>
      await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Madrid', ...options }),
    close: async () => await browser.close(),
  };
}
