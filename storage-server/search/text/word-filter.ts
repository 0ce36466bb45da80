const SLOTS = 1 << 17;
const SHORTEST = 4;
const LONGEST = 30;

/**
 * Remembers which words were met before, as far as its 1 MiB goes: words repeat from mail to mail, and only new ones
 * need to be noted with their stems. A word may be taken for new twice, but none for known that is not.
 */
export class WordFilter {
  /** Only where something is indexed. */
  #seen: Int32Array | null = null;

  /** The word, of the letters a to z, at `start` up to `end` if it may be new and may have other forms. */
  meet(bytes: Buffer, start: number, end: number): string | null {
    if (end - start < SHORTEST || end - start > LONGEST) return null;
    let low = 0x811c9dc5;
    let high = 0x9747b28c;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x5bd1e995) ^ (high >>> 15);
    }
    const seen = (this.#seen ??= new Int32Array(2 * SLOTS));
    const slot = 2 * ((low ^ (low >>> 15)) & (SLOTS - 1));
    if (seen[slot] === low && seen[slot + 1] === high) return null;
    seen[slot] = low;
    seen[slot + 1] = high;
    return bytes.toString('latin1', start, end);
  }

  /** What it named was not noted after all. */
  forget(): void {
    this.#seen?.fill(0);
  }
}
