const COVER = '***';
/** Shorter ones would be found in the middle of words. */
const SHORTEST = 3;
const SHORTEST_CODED = 6;
/** Of one that is cut off, so much of its beginning is taken for it. */
const SHORTEST_CUT = 4;

/** What was said in confidence over one connection, and must not be shown when the server repeats it. */
export class HiddenSecrets {
  readonly #forms = new Set<string>();
  #pattern: RegExp | null = null;

  add(secret: string): void {
    // As lines are shown: without blanks at their ends, and with something else for control characters.
    const shown = ['\ufffd', ' '].map((sign) => secret.replace(/[\u0000-\u001f\u007f]/g, sign).trim());
    if (shown.some((form) => form.length < SHORTEST)) return;
    for (const form of [secret, ...shown, ...listCoded(secret)]) this.#forms.add(form);
    const longestFirst = [...this.#forms].toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(
      longestFirst.map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|'),
      'gi',
    );
  }

  /** The line without them: as they are, in base64, in capitals. */
  cover(line: string): string {
    return this.#pattern === null ? line : line.replace(this.#pattern, COVER);
  }

  /** Of a line that was cut off somewhere: its end may be the beginning of one. */
  coverCut(line: string): string {
    const covered = this.cover(line);
    const lower = covered.toLowerCase();
    let most = 0;
    for (const form of this.#forms) {
      const begin = form.toLowerCase();
      for (let size = Math.min(begin.length, lower.length); size >= SHORTEST_CUT && size > most; size--)
        if (lower.endsWith(begin.slice(0, size))) most = size;
    }
    return most === 0 ? covered : `${covered.slice(0, -most)}${COVER}`;
  }
}

/** How it looks within base64, which depends on how many bytes stand before it; the characters it shares with others are left out. */
function listCoded(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2]
    .map((before) => {
      const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
      return coded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    })
    .filter((form) => form.length >= SHORTEST_CODED);
}
