import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { endTar, makeTarFile, makeTarHeader, padTar } from '../../common/archive/tar.ts';
import { MailError } from '../../common/errors.ts';
import { isInside } from '../../common/archive/safe-name.ts';
import { walkFolder, type FolderFile } from './walk-folder.ts';

/** A folder as the server imports it: a tar of its files. */
export async function* packFolder(folder: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const file of walkFolder(folder)) yield* packFile(file);
  yield endTar();
}

async function* packFile({
  path,
  name,
  size,
  at,
}: Omit<FolderFile, 'mailbox' | 'path'> & { path: Buffer | string }): AsyncGenerator<
  Uint8Array,
  void,
  undefined
> {
  yield makeTarHeader(name, size, at);
  if (size === 0) return;
  let left = size;
  // A file that grows meanwhile must not run past the length that was announced.
  for await (const piece of createReadStream(path, { end: size - 1 }) as AsyncIterable<Buffer>) {
    left -= piece.length;
    yield piece;
  }
  if (left > 0)
    throw new MailError('dropped', `${name} became shorter`, {
      reason: 'file-changed',
      params: { file: name },
    });
  yield padTar(size);
}

/** Mails of one list: as many as the server holds in memory. */
const LIST = 100;

/** An unpacked export (`--format eml`) as the archive that it was: what stands in `mails.jsonl` before the files that it names. */
export async function* packExport(folder: string): AsyncGenerator<Uint8Array, void, undefined> {
  for (const name of ['manifest.json', 'profile.json', 'accounts.json']) {
    yield makeTarFile(name, await readFile(join(folder, name)), Date.now());
  }
  for (const name of await listRemoved(folder))
    yield makeTarFile(name, await readFile(join(folder, name)), Date.now());
  let lines: string[] = [];
  let lists = 0;
  for await (const line of createInterface({ input: createReadStream(join(folder, 'mails.jsonl')) })) {
    if (line === '') continue;
    lines.push(line);
    if (lines.length < LIST) continue;
    yield* packList(folder, (lists += 1), lines);
    lines = [];
  }
  if (lines.length > 0) yield* packList(folder, lists + 1, lines);
  yield endTar();
}

/** What the user removed for ever, so that no maildrop brings it again. */
async function listRemoved(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'removed')).catch(() => []);
  return names.filter((name) => /^\d+\.jsonl$/.test(name)).map((name) => `removed/${name}`);
}

interface ListedMail {
  file: string;
  others: { file: string }[];
  draft: { attachments: { file: string }[] } | null;
}

async function* packList(
  folder: string,
  number: number,
  lines: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  yield makeTarFile(`mails-${number}.jsonl`, Buffer.from(lines.join('\n')), Date.now());
  for (const line of lines) {
    const mail = JSON.parse(line) as ListedMail;
    for (const { file } of [mail, ...mail.others, ...(mail.draft?.attachments ?? [])]) {
      if (!isInside(file)) continue;
      const path = join(folder, file);
      const found = await stat(path).catch(() => null);
      // One that was deleted: the server names it among what it skipped.
      if (found?.isFile() === true)
        yield* packFile({ path, name: file, size: found.size, at: found.mtimeMs });
    }
  }
}
