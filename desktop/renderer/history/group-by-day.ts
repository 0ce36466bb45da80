/** Entries, the newest first, by the day that `nameDay` says of their time; days in the same order. */
export function groupByDay<Entry extends { at: string }>(
  entries: readonly Entry[],
  nameDay: (at: string) => string,
): { day: string; entries: Entry[] }[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = nameDay(entry.at);
    const known = days.get(day);
    if (known === undefined) days.set(day, [entry]);
    else known.push(entry);
  }
  return [...days].map(([day, list]) => ({ day, entries: list }));
}

/** So many of one kind in one change stand as one line: an import is one thing that somebody did. */
const MOST = 4;

/** Entries with those joined that one change made of one part; `others` are the rest of them. */
export function joinAlike<Entry extends { revision: number; part: string; change: string }>(
  entries: readonly Entry[],
): { entry: Entry; others: Entry[] }[] {
  const joined = new Map<string, { entry: Entry; others: Entry[] }>();
  const counts = Map.groupBy(entries, keyOf);
  for (const [at, entry] of entries.entries()) {
    const many = (counts.get(keyOf(entry))?.length ?? 0) > MOST;
    const key = many ? keyOf(entry) : `${at}`;
    const known = joined.get(key);
    if (known === undefined) joined.set(key, { entry, others: [] });
    else known.others.push(entry);
  }
  return [...joined.values()];
}

function keyOf({ revision, part, change }: { revision: number; part: string; change: string }): string {
  return `${revision} ${part} ${change}`;
}
