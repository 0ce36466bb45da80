import { parseArgs } from 'node:util';
import { openBrowser } from './browser.ts';
import { openLine, SLOW, UNTHROTTLED } from './line.ts';
import { missingForRoundcube } from './roundcube.ts';
import { startServers } from './servers.ts';
import { measureActions } from './actions.ts';
import { printActions, printScroll, printSessions, printVisits } from './print.ts';
import { measureScroll } from './scroll.ts';
import { measureSession } from './session.ts';
import { measureVisits, signInOnce } from './visits.ts';

/** The client in Chromium beside Roundcube on the same maildrop, over one line: unthrottled, and at 1 Mbit/s with 100 ms. */
const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    /** Without the peer. */
    alone: { type: 'boolean', default: false },
    /** Mails to scroll through at the end; 0: none. */
    scroll: { type: 'string', default: '100000' },
  },
});
const missing = values.alone ? '--alone' : missingForRoundcube();
if (missing !== null) console.log(`without a peer: ${missing}`);
const servers = await startServers(Number(values.mails), missing === null);
const line = openLine();
try {
  const browser = await openBrowser(line, servers.programs);
  try {
    const bench = { browser, line };
    console.log(
      `${values.mails} mails, ${values.rounds} rounds, Chromium ${browser.browser.version()}, beside ${servers.peer ?? 'nobody'}`,
    );
    for (const rules of [UNTHROTTLED, SLOW]) {
      const visits = [];
      const sessions = [];
      for (const program of servers.programs) {
        const how = { rules, rounds: Number(values.rounds) };
        visits.push(
          await measureVisits(bench, program, { ...how, signedIn: await signInOnce(bench, program) }),
        );
        sessions.push(
          await measureSession(bench, program, { ...how, signedIn: await signInOnce(bench, program) }),
        );
      }
      printVisits(rules, visits);
      printSessions(sessions);
      const [ours] = servers.programs;
      if (ours === undefined) continue;
      printActions(await measureActions(bench, ours, { rules, signedIn: await signInOnce(bench, ours) }));
    }
    const total = Number(values.scroll);
    const [ours] = servers.programs;
    if (total > 0 && ours !== undefined) {
      await servers.addMails(total - Number(values.mails));
      const signedIn = await signInOnce(bench, ours);
      printScroll(await measureScroll(browser, ours, signedIn, total));
    }
  } finally {
    await browser.close();
  }
} finally {
  await line.close();
  await servers.stop();
}
