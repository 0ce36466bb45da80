import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, zstdCompress } from 'node:zlib';

export type Encoding = 'br' | 'zstd' | 'gzip';

/** Below this an answer fits into one packet anyway. */
const SMALLEST = 1000;
/** Up to this an answer is compressed in the server's own thread: about half a millisecond. */
const AT_ONCE = 32 << 10;

/** The best first: for answers of some kilobytes, made while somebody waits. */
const MAKERS: readonly [Encoding, (bytes: Buffer) => Promise<Buffer>][] = [
  [
    'br',
    async (bytes) => {
      const params = {
        // A step more is three hundredths smaller and takes half as long again; a wide window would be memory to clear.
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_LGWIN]: bytes.length > 1 << 17 ? 20 : 17,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      // To hand a small one to another thread and wait for its turn there takes longer than to do it.
      if (bytes.length <= AT_ONCE) return brotliCompressSync(bytes, { params });
      return await promisify(brotliCompress)(bytes, { params });
    },
  ],
  ['zstd', async (bytes) => await promisify(zstdCompress)(bytes)],
  ['gzip', async (bytes) => await promisify(gzip)(bytes, { level: 6 })],
];

/** What of our encodings the client takes most gladly (RFC 9110 12.5.3); null: none, or it did not say. */
export function chooseEncoding(accepts: string | undefined): Encoding | null {
  if (accepts === undefined || accepts.length > 500) return null;
  const weights = new Map<string, number>();
  for (const one of accepts.split(',')) {
    const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  let best: Encoding | null = null;
  let most = 0;
  for (const [encoding] of MAKERS) {
    const weight = weights.get(encoding) ?? weights.get('*') ?? 0;
    if (weight > most) [best, most] = [encoding, weight];
  }
  return best;
}

/**
 * From now on a JSON body that is written to `res` is kept together and sent compressed; streams and whatever else is no
 * JSON go out as they are written. Not for answers with secrets in them that are told more than once: beside text that
 * others choose, such as mail, their length would tell of them (BREACH).
 */
export function compressAnswer(req: IncomingMessage, res: ServerResponse): void {
  const encoding = chooseEncoding(req.headers['accept-encoding']);
  if (encoding === null) return;
  const write = res.write.bind(res) as (...given: unknown[]) => boolean;
  const end = res.end.bind(res) as (...given: unknown[]) => ServerResponse;
  const pieces: Buffer[] = [];
  const isOurs = (): boolean => !res.headersSent && isJson(res) && !res.hasHeader('content-encoding');
  res.write = (...given: unknown[]): boolean => {
    if (!isOurs()) return write(...given);
    pieces.push(toBuffer(given[0]));
    return true;
  };
  res.end = (...given: unknown[]): ServerResponse => {
    if (!isOurs()) return end(...given);
    const [last] = given;
    if (typeof last === 'string' || last instanceof Uint8Array) pieces.push(toBuffer(last));
    void sendCompressed(res, { bytes: Buffer.concat(pieces), encoding }, end);
    return res;
  };
}

async function sendCompressed(
  res: ServerResponse,
  { bytes, encoding }: { bytes: Buffer; encoding: Encoding },
  end: (bytes: Buffer) => unknown,
): Promise<void> {
  const vary = res.getHeader('vary');
  res.setHeader('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
  let body = bytes;
  if (bytes.length >= SMALLEST) {
    const make = MAKERS.find(([name]) => name === encoding)?.[1];
    // Without compression it is still the answer.
    const made = await make?.(bytes).catch(() => null);
    if (made !== null && made !== undefined && made.length < bytes.length) {
      body = made;
      res.setHeader('content-encoding', encoding);
    }
  }
  if (res.destroyed) return;
  res.setHeader('content-length', body.length);
  end(body);
}

function isJson(res: ServerResponse): boolean {
  return /^application\/json\b/i.test(String(res.getHeader('content-type') ?? ''));
}

function toBuffer(piece: unknown): Buffer {
  if (typeof piece === 'string') return Buffer.from(piece);
  return Buffer.from(piece as Uint8Array);
}
