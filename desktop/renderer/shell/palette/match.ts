/** What is compared: without accents and case. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** One name of something, and how much less it counts than the one that is shown. */
export interface Name {
  text: string;
  behind: number;
}

/**
 * How well a name answers to what was typed, both folded; null: not at all. Each typed word has to be found: as the whole
 * beginning, as the beginning of a word, within one, or (`spread`) as letters in their order from the beginning of a word on.
 */
export function rateMatch(typed: string, name: string, spread = true): number | null {
  let sum = 0;
  for (const word of typed.split(/\s+/)) {
    const rate = rateWord(word, name, spread);
    if (rate === null) return null;
    sum += rate;
  }
  // Of two that fit alike, the shorter one is meant.
  return sum - name.length / 100;
}

function rateWord(word: string, name: string, spread: boolean): number | null {
  if (name.startsWith(word)) return 100;
  if (name.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word))) return 80;
  if (name.includes(word)) return 60;
  if (!spread || word.length < 2) return null;
  const between = findSpread(word, name);
  return between === null ? null : Math.max(5, 45 - 3 * between);
}

/** Letters that stand between those of `word` in `name`, which are to begin where a word does; null when they are not there. */
function findSpread(word: string, name: string): number | null {
  let best: number | null = null;
  for (const { index } of name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)) {
    let at = index - 1;
    let gaps = 0;
    for (const [place, letter] of word.split('').entries()) {
      const next = name.indexOf(letter, at + 1);
      if (next === -1 || (place === 0 && next !== index)) {
        gaps = -1;
        break;
      }
      if (place > 0) gaps += next - at - 1;
      at = next;
    }
    if (gaps !== -1 && (best === null || gaps < best)) best = gaps;
  }
  return best;
}

/** The best that any of the names answers to; null when none does. */
function rateNames(typed: string, names: readonly Name[]): number | null {
  const rates = names
    // What is not shown answers to whole beginnings only: nobody would see why it was found.
    .map(({ text, behind }) => ({ rate: rateMatch(typed, fold(text), behind === 0), behind }))
    .flatMap(({ rate, behind }) => (rate === null ? [] : [rate - behind]));
  return rates.length === 0 ? null : Math.max(...rates);
}

/** What answers to what was typed, the best first; everything in its own order while nothing is typed. */
export function chooseMatches<T extends { names: readonly Name[] }>(typed: string, all: readonly T[]): T[] {
  const sought = fold(typed);
  if (sought === '') return [...all];
  return all
    .map((one) => ({ one, rate: rateNames(sought, one.names) }))
    .filter((found): found is { one: T; rate: number } => found.rate !== null)
    .toSorted((a, b) => b.rate - a.rate)
    .map(({ one }) => one);
}
