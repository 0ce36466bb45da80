/** Of a body so much is looked at at once; a line is never cut, so a piece may be longer. */
const PIECE = 64 * 1024;
const CRLF = '\r\n';

/** A header field as RFC 6376 3.4.2 relaxes it, with its CRLF. Bytes stand as latin1. */
export function relaxField(raw: string): string {
  const colon = raw.indexOf(':');
  const name = raw.slice(0, colon).trim().toLowerCase();
  const value = raw
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return `${name}:${value.trim()}${CRLF}`;
}

/** The pieces of a body as RFC 6376 3.4.4 relaxes it; none for an empty one. Its lines end with CRLF. */
export function* relaxBody(body: Buffer): Generator<string> {
  // Empty lines are held back: those at the end do not count.
  let empty = 0;
  let said = false;
  let at = 0;
  while (at < body.length) {
    const newline = at + PIECE >= body.length ? -1 : body.indexOf(0x0a, at + PIECE);
    const end = newline === -1 ? body.length : newline + 1;
    const text = body.toString('latin1', at, end);
    const relaxed = /[ \t](?:[ \t]|\r\n|$)|\t/.test(text)
      ? text.replace(/[ \t]+(?=\r\n|$)/g, '').replace(/[ \t]+/g, ' ')
      : text;
    at = end;
    const kept = relaxed.replace(/(?:\r\n)+$/, '');
    if (kept === '') {
      empty += relaxed.length / CRLF.length;
      continue;
    }
    said = true;
    yield CRLF.repeat(empty) + kept;
    // The first CRLF that was cut off ends the last line.
    empty = Math.max(1, (relaxed.length - kept.length) / CRLF.length);
  }
  if (said) yield CRLF;
}
