import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { openLocalBlobStore } from '../../storage-server/blob/local-blob-store.ts';
import { loadStoreKeys } from '../../storage-server/blob/store-key.ts';
import { migrations } from '../../storage-server/migrations/migrations.ts';

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Calls a procedure of a running part: a mutation with JSON in and out. */
export async function call<T>(base: string, path: string, input: unknown, token?: string): Promise<T> {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    origin: base,
  };
  const response = await fetch(`${base}/trpc/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as { result?: { data: T }; error?: unknown };
  if (answer.result === undefined) throw new Error(`${path}: ${JSON.stringify(answer.error)}`);
  return answer.result.data;
}

/** SHA-256 of every mail that a data directory holds, read as a killed server left it: nobody else may have it open. */
export async function hashStore(dataDir: string): Promise<string[]> {
  const dir = join(dataDir, 'storage-server');
  const keys = await loadStoreKeys(dir);
  const log = silentLogger;
  const file = join(dir, 'storage.sqlite');
  const db = await openDatabase({ database: { engine: 'sqlite' }, file, schema: 'storage', migrations, log });
  const blobs = await openLocalBlobStore({ dataDir: dir, key: keys.blob, log });
  try {
    const rows = await db.read.all<{ header: string; body: string }>(
      'SELECT header, body FROM mail_original',
    );
    const hashes: string[] = [];
    for (const { header, body } of rows) {
      hashes.push(hashOf(Buffer.concat([await blobs.read(header), await blobs.read(body)])));
    }
    return hashes;
  } finally {
    await blobs.close();
    await db.close();
  }
}
