/**
 * One call at a time. Those who call during one share the next: the answer of the one under way may be older than what they
 * ask for.
 */
export function shareNext(read: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = async (): Promise<void> => {
    try {
      await read();
    } finally {
      current = null;
    }
  };
  const after = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    next = null;
    await share();
  };
  const share = async (): Promise<void> => {
    if (current === null) await (current = begin());
    else await (next ??= after(current));
  };
  return share;
}
