import type { ProfileContext } from '../context.ts';
import { findPoll } from './poll-store.ts';
import { recordPoll } from './record-poll.ts';

/** Mails of a session whose lease ended before it: a pause, an edit, a server that stopped. */
export interface LateMails {
  account: string;
  mails: number;
  bytes: number;
}

/**
 * Puts them into the account's timeline and changes nothing of its schedule: a result with a lost lease counts
 * as mail only. Not counted where the account is gone or lives at another home.
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
    const result = { ok: true as const, new: mails, bytes, messages: mails };
    await recordPoll(tx, poll, poll, { result, now: server.clock.now() });
    return { counted: true };
  });
}
