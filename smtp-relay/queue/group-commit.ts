/**
 * Lets concurrent callers share one transaction, and with it one sync of the disk: what arrives
 * while a commit runs goes together into the next one. A batch that fails is tried one by one, so
 * that nobody fails for another's mail.
 */
export function makeGroupCommit<Item, Result>(options: {
  commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  sizeOf: (item: Item) => number;
  /** Most items and bytes in one transaction. */
  maxItems: number;
  maxBytes: number;
}): (item: Item) => Promise<Result> {
  interface Waiting {
    item: Item;
    resolve: (result: Result) => void;
    reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = false;

  const commitOne = async (one: Waiting): Promise<void> => {
    try {
      const [result] = await options.commit([one.item]);
      one.resolve(result as Result);
    } catch (error) {
      one.reject(error);
    }
  };
  const commitBatch = async (batch: Waiting[]): Promise<void> => {
    const [first] = batch;
    if (batch.length === 1 && first) return await commitOne(first);
    try {
      const results = await options.commit(batch.map((one) => one.item));
      batch.forEach((one, index) => one.resolve(results[index] as Result));
    } catch {
      for (const one of batch) await commitOne(one);
    }
  };
  const takeBatch = (): Waiting[] => {
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
    if (running) return;
    running = true;
    while (waiting.length > 0) await commitBatch(takeBatch());
    running = false;
  };
  return async (item) =>
    await new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Callers of the same turn of the event loop come along.
      setImmediate(() => void run());
    });
}
