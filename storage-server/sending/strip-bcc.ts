/** Header lines beyond this are no header. */
const HEADER_LIMIT = 1 << 20;

/** The message without its Bcc fields, folded lines included: they are for the user's own copy (RFC 5322 3.6.3). */
export async function* stripBcc(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let header: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (header === null) {
      yield Buffer.from(chunk);
      continue;
    }
    header = Buffer.concat([header, chunk]);
    const end = findHeaderEnd(header);
    if (end === -1 && header.length < HEADER_LIMIT) continue;
    const stop = end === -1 ? header.length : end;
    yield dropBccFields(header.subarray(0, stop));
    if (stop < header.length) yield header.subarray(stop);
    header = null;
  }
  if (header !== null) yield dropBccFields(header);
}

/** Where the empty line begins that ends the header; -1 when it is not there yet. */
function findHeaderEnd(bytes: Buffer): number {
  if (bytes.length >= 2 && bytes[0] === 13 && bytes[1] === 10) return 0;
  const at = bytes.indexOf('\r\n\r\n');
  return at === -1 ? -1 : at + 2;
}

function dropBccFields(header: Buffer): Buffer {
  const lines = header.toString('latin1').split(/(?<=\r\n)/);
  let dropping = false;
  const kept = lines.filter((line) => {
    if (!/^[ \t]/.test(line)) dropping = /^(?:resent-)?bcc[ \t]*:/i.test(line);
    return !dropping;
  });
  return Buffer.from(kept.join(''), 'latin1');
}
