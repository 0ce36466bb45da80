import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import type { TestBrowser } from '../../test/harness/chromium.ts';
import { RequestCount, timeOpening, waitForList, watchPage, type SignedIn } from './browser.ts';
import { UNTHROTTLED, type Line, type LineRules } from './line.ts';
import type { MailProgram } from './programs.ts';

/** Mails that the list shows before a visit counts as done: one page of either program. */
export const LISTED = 50;
export const WINDOW = { viewport: { width: 1280, height: 800 } };

/** One thing that a person waits for. Bytes are what came over the line, with all headers. */
export interface Figure {
  ms: number;
  bytes: number;
  requests: number;
}
export type Visit = 'cold' | 'warm' | 'open' | 'open next';
export type VisitFigures = Record<Visit, Figure[]>;

export interface Bench {
  browser: TestBrowser;
  line: Line;
}

/** Signs in on an unhurried line; what the browser then knows serves all visits. */
export async function signInOnce({ browser, line }: Bench, program: MailProgram): Promise<SignedIn> {
  line.rules = UNTHROTTLED;
  const context = await browser.openPc(WINDOW);
  const page = await context.newPage();
  await watchPage(page, program, LISTED);
  await page.goto(program.url);
  await program.signIn(page);
  await waitForList(page);
  await settle(line);
  const state = await context.storageState();
  await context.close();
  return state;
}

/**
 * Rounds of: a browser that knows only the session's cookie; the same when it comes back later, all connections gone; a
 * mail that nobody looked at; the one after it, once the person has read for a while.
 */
export async function measureVisits(
  bench: Bench,
  program: MailProgram,
  how: { rules: LineRules; rounds: number; signedIn: SignedIn },
): Promise<VisitFigures> {
  const { browser, line } = bench;
  const figures: VisitFigures = { cold: [], warm: [], open: [], 'open next': [] };
  let { signedIn } = how;
  for (let round = 0; round < how.rounds; round++) {
    line.rules = how.rules;
    const context = await browser.openPc({ ...WINDOW, storageState: signedIn });
    for (const visit of ['cold', 'warm'] as const) {
      const page = await context.newPage();
      const seen = await visitOnce(line, page, program);
      figures[visit].push(seen);
      await settle(line);
      if (visit === 'warm') await openMails(line, page, program, figures, round);
      await page.close();
    }
    signedIn = await leave(context);
  }
  line.rules = UNTHROTTLED;
  return figures;
}

async function visitOnce(line: Line, page: Page, program: MailProgram): Promise<Figure> {
  const count = await RequestCount.begin(page);
  await watchPage(page, program, LISTED);
  line.hangUp();
  line.reset();
  await page.goto(program.url, { waitUntil: 'commit' });
  const ms = await waitForList(page);
  const bytes = line.down;
  const began = await page.evaluate(() => performance.timeOrigin);
  const figure = { ms, bytes, requests: count.countBefore(began + ms) };
  await count.end();
  return figure;
}

/** Each round other mails, none of which was open before. */
async function openMails(
  line: Line,
  page: Page,
  program: MailProgram,
  figures: VisitFigures,
  round: number,
): Promise<void> {
  const first = 3 + round * 2;
  // What opening a mail loads once, such as the program's own code, belongs to the first one.
  await timeOpening(page, program.findRow(0));
  await settle(line);
  for (const [at, name] of [
    [first, 'open'],
    [first + 1, 'open next'],
  ] as const) {
    const count = await RequestCount.begin(page);
    line.reset();
    const ms = await timeOpening(page, program.findRow(at));
    figures[name].push({ ms, bytes: line.down, requests: count.countBefore(Date.now()) });
    await settle(line);
    await count.end();
  }
}

async function leave(context: BrowserContext): Promise<SignedIn> {
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Waits until nothing has come over the line for a while. */
export async function settle(line: Line): Promise<void> {
  for (let before = -1; before !== line.down; await sleep(800)) before = line.down;
}
