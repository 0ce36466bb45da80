import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { startChromium, type TestBrowser } from '../../test/harness/chromium.ts';
import type { Line } from './line.ts';
import type { MailProgram, Seen } from './programs.ts';

export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Chromium that reaches the programs' servers only over the line. */
export async function openBrowser(line: Line, programs: readonly MailProgram[]): Promise<TestBrowser> {
  const rules: string[] = [];
  for (const port of programs.flatMap((program) => program.ports))
    rules.push(`MAP localhost:${port} 127.0.0.1:${await line.carry(port)}`);
  return await startChromium([`--host-resolver-rules=${rules.join(', ')}`]);
}

/** Requests that a page makes, those for leave (CORS) too; what comes out of the cache is none. */
export class RequestCount {
  /** When each began, in milliseconds of the clock on the wall. */
  readonly #begun = new Map<string, number>();
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async begin(page: Page): Promise<RequestCount> {
    const session = await page.context().newCDPSession(page);
    const count = new RequestCount(session);
    session.on('Network.requestWillBeSent', ({ request, requestId, wallTime }) => {
      if (/^https?:/.test(request.url)) count.#begun.set(requestId, wallTime * 1000);
    });
    session.on('Network.requestServedFromCache', ({ requestId }) => void count.#begun.delete(requestId));
    await session.send('Network.enable');
    return count;
  }

  /** Those that had begun at a time. */
  countBefore(time: number): number {
    return [...this.#begun.values()].filter((begun) => begun <= time).length;
  }

  async end(): Promise<number> {
    await this.#session.detach();
    return this.#begun.size;
  }
}

declare global {
  interface Window {
    /** Put there by `watchPage`. */
    bench: Seen & { listedAt: number; answeredAfter: number };
  }
}

/** Has a page note when so many mails were listed, in milliseconds of its own clock from its navigation on. */
export async function watchPage(page: Page, program: MailProgram, listed: number): Promise<void> {
  await page.addInitScript(`(() => {
    if (window !== top) return;
    const bench = window.bench = { ...(${program.seen}), listedAt: 0, answeredAfter: 0 };
    const look = () => {
      if (bench.countListed() >= ${listed}) bench.listedAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })()`);
}

/** Milliseconds from the page's navigation to the frame that shows the list. */
export async function waitForList(page: Page): Promise<number> {
  const how = { timeout: 120_000, polling: 50 };
  await page.waitForFunction(() => (window.bench?.listedAt ?? 0) > 0, null, how);
  return await page.evaluate(() => window.bench.listedAt);
}

/** Milliseconds from the click on an element to the frame that shows another mail than before. */
export async function timeOpening(page: Page, selector: string): Promise<number> {
  await page.evaluate(() => {
    const { bench } = window;
    const before = bench.findShownMail();
    bench.answeredAfter = 0;
    const begin = (): void => {
      const began = performance.now();
      const look = (): void => {
        const now = bench.findShownMail();
        if (now !== null && now !== before) bench.answeredAfter = performance.now() - began;
        else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener('pointerdown', begin, { once: true, capture: true });
  });
  await page.locator(selector).click();
  await page.waitForFunction(() => window.bench.answeredAfter > 0, null, { timeout: 60_000, polling: 20 });
  return await page.evaluate(() => window.bench.answeredAfter);
}
