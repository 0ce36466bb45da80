import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { waitForList, watchPage, type SignedIn } from './browser.ts';
import { UNTHROTTLED, type LineRules } from './line.ts';
import type { MailProgram } from './programs.ts';
import { LISTED, settle, WINDOW, type Bench } from './visits.ts';

/** A key on the focused row, and what tells that the screen answered: source of an expression that changes with the answer. */
interface Action {
  name: string;
  key: string;
  answer: string;
}

const ROW = `document.querySelector('[data-testid=message-row][tabindex="0"]')`;
const ACTIONS: readonly Action[] = [
  { name: 'next row', key: 'ArrowDown', answer: `${ROW}?.dataset.id` },
  { name: 'select', key: 'x', answer: `document.querySelectorAll('[aria-selected=true]').length` },
  { name: 'select no more', key: 'x', answer: `document.querySelectorAll('[aria-selected=true]').length` },
  { name: 'flag', key: 's', answer: `${ROW}?.innerHTML` },
  { name: 'mark unread', key: 'Shift+U', answer: `${ROW}?.dataset.unread + ${ROW}?.innerHTML` },
  { name: 'mark read', key: 'Shift+I', answer: `${ROW}?.dataset.unread + ${ROW}?.innerHTML` },
  { name: 'archive', key: 'e', answer: `${ROW}?.dataset.id` },
  {
    name: 'undo',
    key: 'z',
    answer: `[...document.querySelectorAll('[data-testid=message-row]')].map((row) => row.dataset.id).join()`,
  },
  { name: 'delete', key: '#', answer: `${ROW}?.dataset.id` },
  { name: 'open', key: 'Enter', answer: `document.querySelector('[data-open=true]')?.dataset.id` },
  {
    name: 'write',
    key: 'c',
    answer: `location.hash + document.querySelector('.composer, .skeleton, [data-testid=compose-subject]')?.className`,
  },
];

/** Milliseconds from each key to the frame with its answer, the slowest of three. */
export async function measureActions(
  { browser, line }: Bench,
  program: MailProgram,
  how: { rules: LineRules; signedIn: SignedIn },
): Promise<Map<string, number>> {
  const context = await browser.openPc({ ...WINDOW, storageState: how.signedIn });
  const slowest = new Map<string, number>();
  try {
    line.rules = how.rules;
    for (let round = 0; round < 3; round++) {
      const page = await context.newPage();
      await watchPage(page, program, LISTED);
      await page.goto(program.url, { waitUntil: 'commit' });
      await waitForList(page);
      await settle(line);
      await page.locator('[data-testid=message-row]').nth(4).focus();
      for (const action of ACTIONS) {
        const ms = await timeKey(page, action);
        slowest.set(action.name, Math.max(slowest.get(action.name) ?? 0, ms));
        await sleep(400);
      }
      await page.close();
    }
  } finally {
    line.rules = UNTHROTTLED;
    await context.close();
  }
  return slowest;
}

async function timeKey(page: Page, { name, key, answer }: Action): Promise<number> {
  const session = await page.context().newCDPSession(page);
  // By the protocol: the page's policy lets no expression run that comes as text.
  const begin = `(() => {
    const look = () => String(${answer});
    const before = look();
    window.bench.answeredAfter = 0;
    addEventListener('keydown', () => {
      const began = performance.now();
      const watch = () => {
        if (look() !== before) window.bench.answeredAfter = performance.now() - began;
        else requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    }, { once: true, capture: true });
  })()`;
  await session.send('Runtime.evaluate', { expression: begin });
  await session.detach();
  await page.keyboard.press(key);
  await page
    .waitForFunction(() => window.bench.answeredAfter > 0, null, { timeout: 20_000, polling: 20 })
    .catch((cause: unknown) => {
      throw new Error(`no answer to ${name}`, { cause });
    });
  return await page.evaluate(() => window.bench.answeredAfter);
}
