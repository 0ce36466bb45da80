import { MailError } from '../../../common/errors.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { readHeld } from './quota-store.ts';

const MEGABYTE = 1_000_000;

/**
 * Refuses what would bring a user over his quota; `most` null: there is none. What he holds is the sum of the sizes of his mails, as
 * the counters of his mailboxes say. Received mail is never refused here: retrieval stops before it asks for more. MailError `quota`
 * reason `mailbox-full`.
 */
export async function demandRoom(
  read: Reader,
  user: string,
  bytes: number,
  most: number | null,
): Promise<void> {
  if (most === null) return;
  const held = await readHeld(read, user);
  if (held + bytes > most) throw refuseFull(held, most);
}

/** Of what waits in a maildrop, in its order, all that fits; `full` says why it is not all of it. */
export async function takeWhatFits<T>(
  read: Reader,
  user: string,
  waiting: readonly T[],
  sizeOf: (one: T) => number,
  most: number | null,
): Promise<{ fitting: readonly T[]; full: MailError | null }> {
  if (most === null || waiting.length === 0) return { fitting: waiting, full: null };
  const held = await readHeld(read, user);
  let room = most - held;
  const fitting = waiting.filter((one) => {
    const size = sizeOf(one);
    if (size > room) return false;
    room -= size;
    return true;
  });
  return { fitting, full: fitting.length === waiting.length ? null : refuseFull(held, most) };
}

function refuseFull(held: number, most: number): MailError {
  return new MailError('quota', `${held} of ${most} bytes`, {
    reason: 'mailbox-full',
    params: { used: inMegabytes(held), limit: inMegabytes(most) },
  });
}

function inMegabytes(bytes: number): number {
  return Math.round(bytes / MEGABYTE);
}
