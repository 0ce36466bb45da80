/** What stands between two stars of a pattern. */
export interface Piece {
  /** One character each, null for `?`. */
  characters: readonly (string | null)[];
  /** The same as a string, where no `?` is in it. */
  plain: string | null;
}

/** The pieces of a `:matches` pattern (RFC 5228 2.7.1); one more than it has stars. */
export function readPattern(pattern: string): Piece[] {
  const pieces: (string | null)[][] = [[]];
  let escaped = false;
  for (const character of pattern) {
    const piece = pieces.at(-1);
    if (!escaped && character === '*') pieces.push([]);
    else if (!escaped && character === '?') piece?.push(null);
    else if (escaped || character !== '\\') piece?.push(character);
    escaped = !escaped && character === '\\';
  }
  if (escaped) pieces.at(-1)?.push('\\');
  return pieces.map((characters) => ({
    characters,
    plain: characters.includes(null) ? null : characters.join(''),
  }));
}
