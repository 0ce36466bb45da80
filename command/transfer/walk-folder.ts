import { open, readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import { describePath, type ImportPlace } from '../../common/archive/import-path.ts';
import { decodeUtf8 } from '../../common/archive/utf8.ts';

/** As much of a file as tells what it is. */
const BEGIN = 16 * 1024;

/** A file below a folder that is imported. */
export interface FolderFile {
  path: Buffer;
  /** Below the folder, `/` between names. */
  name: string;
  size: number;
  at: number;
  /** Path of the mailbox that its mail lay in, null where its name tells none. */
  mailbox: string | null;
}

/** Every file that may hold mail, in the order of names; links are not followed. */
export async function* walkFolder(folder: string): AsyncGenerator<FolderFile, void, undefined> {
  yield* walk(Buffer.from(folder), '');
}

/** Paths as the disk has them: a name from an older system may be Latin-1. */
async function* walk(folder: Buffer, below: string): AsyncGenerator<FolderFile, void, undefined> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const named = entries.map((entry) => ({ entry, own: decodeUtf8(entry.name) }));
  for (const { entry, own } of named.toSorted((a, b) => (a.own < b.own ? -1 : 1))) {
    const name = below === '' ? own : `${below}/${own}`;
    const path = Buffer.concat([folder, Buffer.from(sep), entry.name]);
    if (entry.isDirectory()) yield* walk(path, name);
    if (!entry.isFile()) continue;
    const place = describePath(name);
    if (place.kind === 'other') continue;
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGIN), 0, BEGIN, 0);
      const begin = buffer.toString('latin1', 0, bytesRead);
      if (size > 0) yield { path, name, size, at: mtimeMs, mailbox: nameMailbox(place, begin) };
    } finally {
      await file.close();
    }
  }
}

function nameMailbox({ kind, mailbox }: ImportPlace, begin: string): string | null {
  // In Google's export labels say where mail lay.
  if (/^X-Gmail-Labels:/im.test(begin)) return null;
  if (kind === 'mail' || begin.startsWith('From ')) return mailbox;
  // A message without `.eml`, as MH and Claws Mail keep them, gives its folder a name, not its own.
  const isMessage = /^[!-9;-~]{1,998}[ \t]*:/.test(begin);
  return isMessage ? mailbox?.split('/').slice(0, -1).join('/') || null : null;
}
