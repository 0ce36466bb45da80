/** How changes are gathered. */
export interface GroupCommitOptions<Item, Result> {
  commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  sizeOf: (item: Item) => number;
  /** Nobody waits for it: it goes with the next one that is waited for, or after `waitMs` without one. Default: never. */
  mayWait?: (item: Item) => boolean;
  waitMs?: number;
  /** Most items and bytes in one transaction. */
  maxItems: number;
  maxBytes: number;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Lets concurrent callers share one transaction, and with it one sync of the disk: what arrives
 * while a commit runs goes together into the next one. A batch that fails is tried one by one, so
 * that nobody fails for another's mail.
 */
export function makeGroupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running = false;
  let scheduled = false;
  let patience: NodeJS.Timeout | null = null;

  const commitOne = async (one: Waiting<Item, Result>): Promise<void> => {
    try {
      const [result] = await options.commit([one.item]);
      one.resolve(result as Result);
    } catch (error) {
      one.reject(error);
    }
  };
  const commitBatch = async (batch: Waiting<Item, Result>[]): Promise<void> => {
    const [first] = batch;
    if (batch.length === 1 && first) return await commitOne(first);
    try {
      const results = await options.commit(batch.map((one) => one.item));
      batch.forEach((one, index) => one.resolve(results[index] as Result));
    } catch {
      for (const one of batch) await commitOne(one);
    }
  };
  const takeBatch = (): Waiting<Item, Result>[] => {
    let bytes = 0;
    let count = 0;
    for (const one of waiting) {
      bytes += options.sizeOf(one.item);
      if (count > 0 && (count >= options.maxItems || bytes > options.maxBytes)) break;
      count += 1;
    }
    return waiting.splice(0, count);
  };
  const run = async (): Promise<void> => {
    scheduled = false;
    if (running) return;
    if (patience !== null) clearTimeout(patience);
    patience = null;
    running = true;
    while (waiting.length > 0) await commitBatch(takeBatch());
    running = false;
  };
  const schedule = (item: Item): void => {
    if (running || scheduled) return;
    if (options.mayWait?.(item) === true) {
      patience ??= setTimeout(() => void run(), options.waitMs ?? 0);
      return;
    }
    scheduled = true;
    // Callers of the same turn of the event loop come along.
    setImmediate(() => void run());
  };
  return async (item) =>
    await new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule(item);
    });
}
