/** A conversation of more mails is no conversation: what comes then begins another, and work on one stays bounded. */
const MOST_IN_THREAD = 1000;

export interface ThreadSize {
  thread: number;
  size: number;
}

/**
 * What becomes of a mail that belongs to several threads: the largest (of equal ones the oldest) takes in the others as
 * long as there is room. `target` null: not even that has room for the mail.
 */
export function mergeThreads(
  threads: readonly ThreadSize[],
  most = MOST_IN_THREAD,
): { target: number | null; merged: number[] } {
  const [largest, ...others] = threads.toSorted((a, b) => b.size - a.size || a.thread - b.thread);
  if (largest === undefined || largest.size >= most) return { target: null, merged: [] };
  let size = largest.size + 1;
  const merged: number[] = [];
  for (const other of others) {
    if (size + other.size > most) continue;
    size += other.size;
    merged.push(other.thread);
  }
  return { target: largest.thread, merged };
}
