import { statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reader } from '../../../server-kit/database/database.ts';
import { readFreeBytes } from './room-store.ts';

const MOST_RESERVED = 64 * 1024 * 1024;
/** Of the whole disk, where that is less. */
const SHARE_RESERVED = 0.1;

/**
 * Whether so many bytes of new mails would leave as much on the disk of that SQLite file as is needed to get rid of those
 * that wait: what became of them is written too, and the log has to fit into the database.
 */
export async function hasRoom(reader: Reader, file: string, bytes: number): Promise<boolean> {
  const { bavail, blocks, bsize } = statfsSync(dirname(file));
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const reserved = Math.min(MOST_RESERVED, blocks * bsize * SHARE_RESERVED);
  const free = bavail * bsize - reserved;
  // Far from full, nobody needs to look closer.
  if (free >= 2 * (log + bytes)) return true;
  return free >= bytes + Math.max(0, log + bytes - (await readFreeBytes(reader)));
}
