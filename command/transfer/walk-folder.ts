import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describePath } from '../../common/archive/import-path.ts';

/** As much of a file as tells what it is. */
const BEGIN = 16 * 1024;

/** A file below a folder that is imported. */
export interface FolderFile {
  path: string;
  /** Below the folder, `/` between names. */
  name: string;
  size: number;
  at: number;
  /** Path of the mailbox that its mail lay in, null where its name tells none. */
  mailbox: string | null;
}

/** Every file that may hold mail, in the order of names; links are not followed. */
export async function* walkFolder(folder: string, below = ''): AsyncGenerator<FolderFile, void, undefined> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    const path = join(folder, name);
    if (entry.isDirectory()) yield* walkFolder(folder, name);
    if (!entry.isFile()) continue;
    const place = describePath(name);
    if (place.kind === 'other') continue;
    const file = await open(path, 'r');
    try {
      const { size, mtimeMs } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGIN), 0, BEGIN, 0);
      const begin = buffer.toString('latin1', 0, bytesRead);
      // A message without `.eml` gives its folder a name, not its own; in Google's export labels say where mail lay.
      const named = place.kind === 'mail' || begin.startsWith('From ');
      const mailbox = named && !/^X-Gmail-Labels:/im.test(begin) ? place.mailbox : null;
      if (size > 0) yield { path, name, size, at: mtimeMs, mailbox };
    } finally {
      await file.close();
    }
  }
}
