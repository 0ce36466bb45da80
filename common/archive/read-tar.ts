import { MailError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { BLOCK, sumBlock } from './tar.ts';
import { decodeUtf8 } from './utf8.ts';

/** A file of an archive. What of it is not read is passed over when the next one is asked for. */
export interface TarFile {
  name: string;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** Longest pax or GNU block that says more of a file. */
const LONGEST_EXTRA = 64 * 1024;

/**
 * The files of a tar (ustar, pax, GNU long names), in their order; links have no bytes and are told of only. MailError `invalid`
 * reason `archive-damaged` or `archive-cut`.
 */
export async function* readTar(
  source: ByteSource,
  onLink?: (name: string) => void,
): AsyncGenerator<TarFile, void, undefined> {
  let longName: string | null = null;
  let pax = new Map<string, string>();
  for (;;) {
    const block = await source.read(BLOCK);
    if (block.every((byte) => byte === 0)) {
      if (block.length < BLOCK) throw refuse('archive-cut');
      // What stands behind the end, as programs pad it, is read so that the sender can finish.
      for await (const piece of source.rest()) void piece;
      return;
    }
    if (block.length < BLOCK) throw refuse('archive-cut');
    if (readNumber(block, 148, 8) !== sumBlock(block)) throw refuse('archive-damaged');
    const type = String.fromCharCode(block[156] ?? 0);
    const size = Number(pax.get('size') ?? readNumber(block, 124, 12));
    if (!Number.isSafeInteger(size) || size < 0) throw refuse('archive-damaged');
    if (type === 'x' || type === 'L' || type === 'g') {
      const extra = await readExtra(source, size);
      if (type === 'L') longName = decodeUtf8(extra).replace(/\0.*$/s, '');
      if (type === 'x') pax = readRecords(extra);
      continue;
    }
    const name = pax.get('path') ?? longName ?? readName(block);
    longName = null;
    pax = new Map();
    const file = new OneFile(source, size);
    if (type === '0' || type === '\0' || type === '7') yield { name, size, bytes: file.read() };
    else if (type === '1' || type === '2') onLink?.(name);
    await file.skip();
  }
}

class OneFile {
  readonly #source: ByteSource;
  readonly #size: number;
  #left: number;

  constructor(source: ByteSource, size: number) {
    this.#source = source;
    this.#size = size;
    this.#left = size;
  }

  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of this.#source.take(this.#left)) {
      this.#left -= piece.length;
      yield piece;
    }
    if (this.#left > 0) throw refuse('archive-cut');
  }

  async skip(): Promise<void> {
    for await (const piece of this.read()) void piece;
    const padding = (BLOCK - (this.#size % BLOCK)) % BLOCK;
    if ((await this.#source.read(padding)).length < padding) throw refuse('archive-cut');
  }
}

async function readExtra(source: ByteSource, size: number): Promise<Uint8Array> {
  if (size > LONGEST_EXTRA) throw refuse('archive-damaged');
  const extra = await source.read(size);
  await source.read((BLOCK - (size % BLOCK)) % BLOCK);
  return extra;
}

function readRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(decodeUtf8(bytes.subarray(at, space)));
    if (!Number.isSafeInteger(length) || length <= space - at + 1) break;
    const record = decodeUtf8(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

function readName(block: Uint8Array): string {
  const text = (from: number, length: number): string =>
    decodeUtf8(block.subarray(from, from + length)).replace(/\0.*$/s, '');
  const prefix = text(257, 5) === 'ustar' ? text(345, 155) : '';
  return prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
}

/** Octal, or GNU's base 256 for what is larger. */
function readNumber(block: Uint8Array, from: number, length: number): number {
  const first = block[from] ?? 0;
  if (first === 0x80) {
    let value = 0;
    for (const byte of block.subarray(from + 1, from + length)) value = value * 256 + byte;
    return value;
  }
  const text = decodeUtf8(block.subarray(from, from + length))
    .replace(/[\0 ]+/g, ' ')
    .trim();
  return text === '' ? 0 : Number.parseInt(text, 8);
}

function refuse(reason: 'archive-cut' | 'archive-damaged'): MailError {
  return new MailError('invalid', reason, { reason });
}
