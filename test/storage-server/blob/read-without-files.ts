import { closeSync, openSync } from 'node:fs';
import type { MailError } from '../../../common/errors.ts';
import { openBlobReader } from '../../../storage-server/blob/blob-reader.ts';

/** argv DATA-DIR KEY (hex) BLOB: reads a blob while the process may open no further file, and once more when it may; prints both. */
const [dataDir = '', key = '', id = ''] = process.argv.slice(2);
const reader = openBlobReader({ dataDir, key: Buffer.from(key, 'hex') });
const read = async (): Promise<unknown> =>
  await reader.read(id).then(
    ({ length }) => length,
    ({ code, temporary }: MailError) => ({ code, temporary }),
  );
const before = await read();
const held: number[] = [];
try {
  for (;;) held.push(openSync('/dev/null', 'r'));
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EMFILE') throw error;
}
const without = await read();
for (const file of held) closeSync(file);
console.log(JSON.stringify([before, without, await read()]));
reader.close();
