/** Header lines beyond this are no header. */
const HEADER_LIMIT = 1 << 20;

/** The message with its header block (without the empty line) as `change` makes it; the body passes as it is. */
export async function* changeHeader(
  source: AsyncIterable<Uint8Array>,
  change: (header: Buffer) => Buffer,
): AsyncGenerator<Buffer> {
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
    yield change(header.subarray(0, stop));
    if (stop < header.length) yield header.subarray(stop);
    header = null;
  }
  if (header !== null) yield change(header);
}

/** Where the empty line begins that ends the header; -1 when it is not there yet. */
function findHeaderEnd(bytes: Buffer): number {
  if (bytes.length >= 2 && bytes[0] === 13 && bytes[1] === 10) return 0;
  const at = bytes.indexOf('\r\n\r\n');
  return at === -1 ? -1 : at + 2;
}
