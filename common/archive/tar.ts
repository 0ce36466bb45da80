import { joinBytes } from './join-bytes.ts';
import { encodeUtf8 } from './utf8.ts';

/** POSIX ustar with pax records for what does not fit (IEEE 1003.1, pax): every tar program reads it. */
export const BLOCK = 512;
const LARGEST = 0o77777777777;
const NAME = 100;

/** The header blocks of a file; behind them come its `size` bytes and `padTar(size)`. `at` in ms. */
export function makeTarHeader(name: string, size: number, at: number): Uint8Array {
  const bytes = encodeUtf8(name);
  const records: [string, string][] = [];
  if (bytes.length > NAME || bytes.some((byte) => byte > 126)) records.push(['path', name]);
  if (size > LARGEST) records.push(['size', String(size)]);
  const plain = bytes.map((byte) => (byte > 126 ? 0x5f : byte)).subarray(0, NAME);
  const header = makeBlock(plain, Math.min(size, LARGEST), at, '0');
  if (records.length === 0) return header;
  const pax = joinBytes(records.map(([key, value]) => makeRecord(key, value)));
  const paxName = encodeUtf8('PaxHeader');
  return joinBytes([makeBlock(paxName, pax.length, at, 'x'), pax, padTar(pax.length), header]);
}

/** What fills a file up to whole blocks. */
export function padTar(size: number): Uint8Array {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/** Two empty blocks end an archive. */
export function endTar(): Uint8Array {
  return new Uint8Array(2 * BLOCK);
}

/** A whole small file. */
export function makeTarFile(name: string, content: Uint8Array, at: number): Uint8Array {
  return joinBytes([makeTarHeader(name, content.length, at), content, padTar(content.length)]);
}

function makeBlock(name: Uint8Array, size: number, at: number, type: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (offset: number, text: string): void => block.set(encodeUtf8(text), offset);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.set(name, 0);
  put(100, octal(0o600, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(Math.max(0, Math.min(Math.floor(at / 1000), LARGEST)), 11));
  put(148, ' '.repeat(8));
  put(156, type);
  put(257, 'ustar\u000000');
  put(148, `${octal(sumBlock(block), 6)} `);
  return block;
}

/** The checksum counts its own place as blanks. */
export function sumBlock(block: Uint8Array): number {
  let sum = 0;
  for (const [at, byte] of block.subarray(0, BLOCK).entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
}

/** `LENGTH KEY=VALUE\n`, where LENGTH counts itself. */
function makeRecord(key: string, value: string): Uint8Array {
  const body = encodeUtf8(` ${key}=${value}\n`);
  let length = body.length + 1;
  while (String(length).length + body.length > length) length += 1;
  return joinBytes([encodeUtf8(String(length)), body]);
}
