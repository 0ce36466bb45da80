import { setTimeout as sleep } from 'node:timers/promises';
import { RequestCount, timeOpening, waitForList, watchPage, type SignedIn } from './browser.ts';
import { UNTHROTTLED, type LineRules } from './line.ts';
import type { MailProgram } from './programs.ts';
import { LISTED, settle, WINDOW, type Bench } from './visits.ts';

const READ = 20;
const SENT = 2;
/** Milliseconds that a mail is looked at. */
const LOOK = 700;

/** What a session cost on the line, both ways, and how long each of its mails took to open. */
export interface SessionFigures {
  bytes: number;
  requests: number;
  opened: number[];
}

/** From an empty cache: the list, 20 mails read from the newest on, two written and sent. */
export async function measureSession(
  { browser, line }: Bench,
  program: MailProgram,
  how: { rules: LineRules; signedIn: SignedIn },
): Promise<SessionFigures> {
  const context = await browser.openPc({ ...WINDOW, storageState: how.signedIn });
  try {
    const page = await context.newPage();
    const count = await RequestCount.begin(page);
    await watchPage(page, program, LISTED);
    line.rules = how.rules;
    line.hangUp();
    line.reset();
    await page.goto(program.url, { waitUntil: 'commit' });
    await waitForList(page);
    const opened: number[] = [];
    for (let at = 0; at < READ; at++) {
      opened.push(await timeOpening(page, program.findRow(at)));
      await sleep(LOOK);
    }
    for (let number = 1; number <= SENT; number++) await program.send(page, number);
    await settle(line);
    return { bytes: line.down + line.up, requests: await count.end(), opened };
  } finally {
    line.rules = UNTHROTTLED;
    await context.close();
  }
}
