/** What a message may not contain (RFC 5321 2.3.8, 4.5.3.1.6; bare ends of line let mails be smuggled into others). */
export type LineProblem = 'bare-cr' | 'bare-lf' | 'nul' | 'long-line';

/** Longest line without its CRLF. */
const MAX_LINE = 998;

export interface LineScanner {
  /** Looks at the next bytes; the first problem found stays. */
  push(chunk: Uint8Array): LineProblem | null;
  /** At the end of the data: a CR may have been the last byte. */
  end(): LineProblem | null;
  /** Whether a byte over 127 was seen. */
  readonly eightBit: boolean;
}

export function makeLineScanner(): LineScanner {
  let problem: LineProblem | null = null;
  let afterCr = false;
  let length = 0;
  let eightBit = false;

  const look = (byte: number): LineProblem | null => {
    if (byte === 0x0a) {
      if (!afterCr) return 'bare-lf';
      afterCr = false;
      length = 0;
      return null;
    }
    if (afterCr) return 'bare-cr';
    if (byte === 0x0d) {
      afterCr = true;
      return null;
    }
    if (byte === 0) return 'nul';
    if (byte > 0x7f) eightBit = true;
    length += 1;
    return length > MAX_LINE ? 'long-line' : null;
  };
  return {
    push: (chunk) => {
      for (let index = 0; problem === null && index < chunk.length; index++)
        problem = look(chunk[index] ?? 0);
      return problem;
    },
    end: () => (problem ??= afterCr ? 'bare-cr' : null),
    get eightBit() {
      return eightBit;
    },
  };
}
