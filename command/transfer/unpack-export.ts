import { createHash, type Hash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteSource } from '../../common/archive/byte-source.ts';
import { readTar } from '../../common/archive/read-tar.ts';
import { MailError } from '../../common/errors.ts';
import type { Exported } from './open-export.ts';
import { isInside } from '../../common/archive/safe-name.ts';
import { writeWhole } from './write-whole.ts';

interface Listed {
  file: string;
  sha256: string;
  size: number;
  others: { file: string; sha256: string }[];
}

/** Writes the files of an export, and tells how many mails it lists; its lists become one `mails.jsonl`, and hashes are checked on the way. */
export async function unpackExport(pieces: AsyncIterable<Uint8Array>, out: string): Promise<Exported> {
  await mkdir(out, { recursive: true, mode: 0o700 });
  const lists = await open(join(out, 'mails.jsonl'), 'w', 0o600);
  const sums = new Map<string, string>();
  const sum: Exported = { mails: 0, bytes: 0, skipped: [], skippedCount: 0 };
  try {
    for await (const file of readTar(new ByteSource(pieces))) {
      if (!isInside(file.name) || file.name === 'SHA256SUMS') continue;
      if (/^mails-\d+\.jsonl$/.test(file.name)) {
        const text = await readText(file.bytes);
        for (const mail of readLines(text)) {
          sum.mails += 1;
          sum.bytes += mail.size;
          for (const { file: name, sha256 } of [mail, ...mail.others]) sums.set(name, sha256);
        }
        await lists.write(text);
        continue;
      }
      const hash = createHash('sha256');
      await writeWhole(join(out, file.name), passThrough(file.bytes, hash));
      const wanted = sums.get(file.name);
      sums.delete(file.name);
      if (wanted !== undefined && wanted !== hash.digest('hex')) {
        throw new MailError('protocol', 'other bytes came', { reason: 'export-damaged' });
      }
    }
    await lists.sync();
  } finally {
    await lists.close();
  }
  return sum;
}

function readLines(text: string): Listed[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Listed);
}

async function readText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

async function* passThrough(
  bytes: AsyncIterable<Uint8Array>,
  hash: Hash,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
}
