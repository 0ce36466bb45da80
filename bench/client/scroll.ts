import type { TestBrowser } from '../../test/harness/chromium.ts';
import { waitForList, watchPage, type SignedIn } from './browser.ts';
import type { MailProgram } from './programs.ts';
import { LISTED, WINDOW } from './visits.ts';

/** What was seen while somebody scrolled from the newest mail to the oldest. */
export interface ScrollFigures {
  /** Rows that the list had at the end. */
  loaded: number;
  /** Frames, how many of them took over 50 ms, and in how many the window had a gap where a loaded row belongs. */
  frames: number;
  slow: number;
  gaps: number;
  seconds: number;
  /** Of the page's memory, in MiB. */
  heap: number;
}

/** Scrolls to the end as fast as pages come. Gaps are looked for in each frame, by the rows' own numbers. */
export async function measureScroll(
  browser: TestBrowser,
  program: MailProgram,
  signedIn: SignedIn,
  total: number,
): Promise<ScrollFigures> {
  const context = await browser.openPc({ ...WINDOW, storageState: signedIn });
  try {
    const page = await context.newPage();
    await watchPage(page, program, LISTED);
    await page.goto(program.url, { waitUntil: 'commit' });
    await waitForList(page);
    return await page.evaluate(async (all) => {
      const scroller = document.querySelector<HTMLElement>('.list-scroller');
      const grid = document.querySelector<HTMLElement>('[data-testid=message-list]');
      if (scroller === null || grid === null) throw new Error('no list');
      const seen = { loaded: 0, frames: 0, slow: 0, gaps: 0, seconds: 0, heap: 0 };
      const began = performance.now();
      let last = began;
      let moved = began;
      while (seen.loaded < all && performance.now() - moved < 30_000) {
        await new Promise((done) => requestAnimationFrame(done));
        const now = performance.now();
        seen.frames += 1;
        if (now - last > 50) seen.slow += 1;
        last = now;
        const loaded = Number(grid.dataset['loaded']);
        if (loaded > seen.loaded) moved = now;
        seen.loaded = loaded;
        const rows = [...grid.querySelectorAll<HTMLElement>('[role=row]')].map((row) =>
          row.getBoundingClientRect(),
        );
        const view = scroller.getBoundingClientRect();
        const end = Math.min(view.bottom, grid.getBoundingClientRect().bottom);
        const isCovered = (y: number): boolean => rows.some((row) => row.top <= y && row.bottom >= y);
        if (!isCovered(view.top + 2) || !isCovered((view.top + end) / 2) || !isCovered(end - 2))
          seen.gaps += 1;
        // A third of the window each frame: faster than any wheel.
        scroller.scrollTop += scroller.clientHeight / 3;
      }
      seen.seconds = (performance.now() - began) / 1000;
      const { memory } = performance as { memory?: { usedJSHeapSize: number } };
      seen.heap = (memory?.usedJSHeapSize ?? 0) / 2 ** 20;
      return seen;
    }, total);
  } finally {
    await context.close();
  }
}
