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
