/** What stands near a password, and what is guessed first for everybody; see PasswordContext. */
interface Guesses {
  words: readonly string[];
  isCommon: (text: string) => boolean;
}

/** Longer ones are looked up whole only. */
const CUT_UP_TO = 64;
/** Characters of a piece: shorter words are in every other. */
const PIECE = { min: 3, max: 24 } as const;
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const WALKS = ROWS.flatMap((row) => [row, Array.from(row).toReversed().join('')]);

/**
 * Whether guessing begins with it: a common password or a word of its context, alone, repeated or with one number or run
 * (`abcdef`, `1111`) around it, or only such: `password123456789`, `valija2026valija`. Two words and more are no concern of
 * this: the length sees to them. Capitals and signs between the pieces do not count.
 */
export function isGuessable(password: string, { words, isCommon }: Guesses): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  if (isCommon(text)) return true;
  const bare = text.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  if (bare === '') return new Set(text).size <= 2;
  if (bare.length > CUT_UP_TO) return false;
  const known = new Set(words.flatMap(readWords));
  const isWord = (piece: string): boolean =>
    known.has(piece) || (piece.length >= PIECE.min && isCommon(piece));
  return listPieces(bare, 0).some((first) => {
    const fills = isFill(first);
    if (!fills && !isWord(first)) return false;
    const others = findRepeats(bare, first).flatMap((at) => listPieces(bare, at));
    const seconds = new Set(others.filter((piece) => isFill(piece) || (fills && isWord(piece))));
    return isMadeOf(bare, [first]) || [...seconds].some((second) => isMadeOf(bare, [first, second]));
  });
}

/** A number of four digits at most, one sign again and again, or a walk along the alphabet or the keyboard. */
function isFill(piece: string): boolean {
  return (
    /^\d{1,4}$/.test(piece) ||
    /^(.)\1*$/u.test(piece) ||
    (piece.length >= PIECE.min && WALKS.some((walk) => walk.includes(piece)))
  );
}

function listPieces(text: string, at: number): string[] {
  const longest = Math.min(text.length - at, PIECE.max);
  return Array.from({ length: longest }, (_, n) => text.slice(at, at + n + 1));
}

/** Where a second piece can begin: after each repetition of the first. */
function findRepeats(text: string, piece: string): number[] {
  const found: number[] = [];
  for (let at = 0; text.startsWith(piece, at); at += piece.length) found.push(at + piece.length);
  return found;
}

/** Whether these pieces alone give the text, in any order and however often. */
function isMadeOf(text: string, pieces: readonly string[]): boolean {
  const reached = new Set([0]);
  for (let at = 0; at < text.length; at++) {
    if (!reached.has(at)) continue;
    for (const piece of pieces) if (text.startsWith(piece, at)) reached.add(at + piece.length);
  }
  return reached.has(text.length);
}

/** A name whole and by its words: `Ana María` is `anamaría`, `ana` and `maría`. */
function readWords(name: string): string[] {
  const parts = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u);
  return [parts.join(''), ...parts].filter((word) => word.length >= PIECE.min);
}
