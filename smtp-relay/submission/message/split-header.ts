/** More than any honest mail has (the fields of a long list of recipients included). */
const MAX_HEADER = 1024 * 1024;

/** The header with the CRLF of its last field, and what follows: the empty line and the body. Null when it does not end in time. */
export function splitHeader(pieces: readonly Buffer[]): { header: Buffer; rest: Buffer[] } | null {
  let begin: Buffer = pieces[0] ?? Buffer.alloc(0);
  for (let count = 1; ; count++) {
    const end = findEnd(begin);
    if (end !== -1) {
      return { header: begin.subarray(0, end), rest: [begin.subarray(end), ...pieces.slice(count)] };
    }
    const next = pieces[count];
    if (next === undefined) return begin.length > MAX_HEADER ? null : { header: begin, rest: [] };
    if (begin.length > MAX_HEADER) return null;
    begin = Buffer.concat([begin, next]);
  }
}

/** Where the empty line begins, -1 when it is not there. */
function findEnd(bytes: Buffer): number {
  if (bytes[0] === 0x0d) return 0;
  const at = bytes.indexOf('\r\n\r\n');
  return at === -1 ? -1 : at + 2;
}
