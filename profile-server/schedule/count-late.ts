import type { ProfileContext } from '../context.ts';
import { growRun } from './grow-run.ts';
import { findPoll, saveOutcome } from './poll-store.ts';
import { addRun, countMails } from './timeline-store.ts';

/** Mails of a session whose lease ended before it: a pause, an edit, a server that stopped. */
export interface LateMails {
  account: string;
  mails: number;
  bytes: number;
}

/**
 * Puts them into the account's timeline and changes nothing of its schedule (DESIGN 5, Poll: a result with a lost lease
 * counts as mail only). Not counted where the account is gone or lives at another home.
 */
export async function countLateMails(
  server: ProfileContext,
  part: string,
  late: LateMails,
): Promise<{ counted: boolean }> {
  const { account, mails, bytes } = late;
  return await server.pollWrites.write(async (tx) => {
    const poll = await findPoll(tx, account);
    if (poll === undefined || poll.home !== part) return { counted: false };
    const at = server.clock.now();
    const { run, finished } = growRun(poll, { ok: true, new: mails, bytes, messages: mails }, at);
    await saveOutcome(tx, account, { ...poll, ...run });
    if (finished !== null) await addRun(tx, account, finished, at);
    await countMails(tx, account, { at, mails, bytes });
    return { counted: true };
  });
}
