import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  brotliDecompressSync,
  constants,
  inflateRawSync,
  inflateSync,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib';

/** Files beyond are not read whole; browsers have none of this size in a profile of minutes. */
const LARGEST = 256 * 1024 * 1024;
const MOST_TRIES = 4000;

export interface Finding {
  /** Below the folder that was searched. */
  file: string;
  name: string;
  how: string;
}

/**
 * Where planted strings stand in files below `folder`: as UTF-8 and UTF-16LE in contents and names, and so within
 * zlib, gzip, zstd and the brotli and gzip bodies of Chromium's disk cache. Snappy and LZ4 (LevelDB, caches of scripts)
 * write the first occurrence of a string that has no repetition within as it is, so a random one is found there too.
 * Not searched: what is encrypted, and compressions that begin without a mark.
 */
export function findStrings(folder: string, planted: Readonly<Record<string, string>>): Finding[] {
  const found: Finding[] = [];
  for (const file of listFiles(folder)) {
    const path = join(folder, file);
    const nameBytes = Buffer.from(file);
    look(nameBytes, 'name', file);
    const { size } = lstatSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size === 0 || size > LARGEST) continue;
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch {
      // It went away meanwhile.
      continue;
    }
    look(bytes, 'plain', file);
    for (const unpacked of unpack(bytes)) look(unpacked, 'packed', file);
  }
  return found;

  function look(bytes: Buffer, how: string, file: string): void {
    for (const [name, text] of Object.entries(planted)) {
      const isThere = bytes.includes(Buffer.from(text)) || bytes.includes(Buffer.from(text, 'utf16le'));
      if (isThere) found.push({ file, name, how });
    }
  }
}

/** Names of the files in a folder and all below it; links are not followed. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Everything that can be unpacked, wherever in the bytes it begins. */
function* unpack(bytes: Buffer): Generator<Buffer> {
  let tries = 0;
  for (let at = 0; at < bytes.length - 4 && tries < MOST_TRIES; at += 1) {
    const first = bytes[at] ?? 0;
    const second = bytes[at + 1] ?? 0;
    const isGzip = first === 0x1f && second === 0x8b && bytes[at + 2] === 8;
    const isZlib =
      first === 0x78 && (second === 0x01 || second === 0x5e || second === 0x9c || second === 0xda);
    const isZstd = bytes.readUInt32LE(at) === 0xfd2fb528;
    if (!isGzip && !isZlib && !isZstd) continue;
    tries += 1;
    const rest = bytes.subarray(at);
    const lenient = { finishFlush: constants.Z_SYNC_FLUSH };
    const unpacked = attempt(() =>
      isGzip ? gunzipSync(rest, lenient) : isZlib ? inflateSync(rest, lenient) : zstdDecompressSync(rest),
    );
    if (unpacked !== null) yield unpacked;
  }
  const body = readCacheBody(bytes);
  if (body === null) return;
  const brotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };
  for (const unpacked of [
    attempt(() => brotliDecompressSync(body, brotli)),
    attempt(() => inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH })),
  ]) {
    if (unpacked !== null) yield unpacked;
  }
}

/** The body of an entry of Chromium's simple cache: a head of 24 bytes, the key, then what the server sent. */
function readCacheBody(bytes: Buffer): Buffer | null {
  if (bytes.length < 24 || bytes.readBigUInt64LE(0) !== 0xfcfb6d1ba7725c30n) return null;
  return bytes.subarray(24 + bytes.readUInt32LE(12));
}

function attempt(work: () => Buffer): Buffer | null {
  try {
    return work();
  } catch {
    return null;
  }
}
