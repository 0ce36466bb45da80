import { join } from 'node:path';
import { armCrashPoints } from '../../../server-kit/crash-point.ts';
import { prepareFolder } from '../../../storage-server/blob/blob-folder.ts';
import { FIRST_RAW, type RawPlace } from '../../../storage-server/blob/compress-pack.ts';
import { BlobShelf } from '../../../storage-server/blob/shelf.ts';
import { KEY, makeBlobs } from './compress-blobs.ts';

/** Stores what `makeBlobs` makes and compresses it; argv DIR [POINT NTH]: dies by SIGKILL where it passes POINT for the nth time. */
const [dir = '', point = '', nth = '1'] = process.argv.slice(2);
let passed = 0;
armCrashPoints((name) => {
  if (name === point && ++passed === Number(nth)) process.kill(process.pid, 'SIGKILL');
});
prepareFolder(join(dir, 'blobs'), []);
const shelf = new BlobShelf(dir, KEY);
const blobs = makeBlobs();
for (let at = 0; at < blobs.length; at += 50) {
  shelf.transact(() => blobs.slice(at, at + 50).map((blob) => shelf.put(blob)));
}
shelf.leavePack();
let from: RawPlace | null = FIRST_RAW;
while (from !== null) from = shelf.compressPack(from);
shelf.close();
