import type { Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { growRun, type GrowingRun } from './grow-run.ts';
import type { PollResult } from './poll-result.ts';
import { saveOutcome, type Outcome, type PollRecord } from './poll-store.ts';
import { addRun, countMails } from './timeline-store.ts';

/** Writes what a poll brought into the account's timeline, with `timing` for its next one. */
export async function recordPoll(
  tx: Writer,
  poll: PollRecord,
  timing: Omit<Outcome, keyof GrowingRun>,
  how: { result: PollResult; now: Millis },
): Promise<Outcome> {
  const { result, now } = how;
  const { run, finished } = growRun(poll, result, now);
  const outcome = { ...timing, ...run };
  await saveOutcome(tx, poll.account, outcome);
  if (finished !== null) await addRun(tx, poll.account, finished, now);
  const { new: mails = 0, bytes = 0 } = result;
  if (mails > 0) await countMails(tx, poll.account, { at: now, mails, bytes });
  return outcome;
}
