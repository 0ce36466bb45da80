/** A text with the found words marked; ranges are UTF-16 units, in order. */
export function Marked({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }) {
  const pieces: { text: string; at: number; found: boolean }[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end > text.length) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), at, found: false });
    pieces.push({ text: text.slice(start, end), at: start, found: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), at, found: false });
  return pieces.map((piece) => (piece.found ? <mark key={piece.at}>{piece.text}</mark> : piece.text));
}
