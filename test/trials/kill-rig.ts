import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openBlobReader } from '../../storage-server/blob/blob-reader.ts';
import { loadStoreKeys } from '../../storage-server/blob/store-key.ts';
import { makeEnv, startServer, type ServerProcess } from '../harness/server-process.ts';

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Numbers from 0 to below 1 from a seed, so that a run that fails can be run again. */
export function makeChances(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
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

/** Where a server dies by itself: passing a named point for the nth time. */
export interface CrashPoint {
  name: string;
  nth: number;
}

/** `valija ARGS`, armed with one crash point or none. Compiled modules are kept for the next start: hundreds follow. */
export async function startArmed(
  args: readonly string[],
  point: CrashPoint | null,
  cacheDir: string,
): Promise<ServerProcess> {
  const env = makeEnv({
    VALIJA_ALLOW_NETWORKS: '127.0.0.0/8',
    VALIJA_REGISTRATION: 'open',
    NODE_COMPILE_CACHE: cacheDir,
  });
  const program = [join(import.meta.dirname, 'valija-child.ts'), point?.name ?? '-', `${point?.nth ?? 0}`];
  return await startServer([...args], env, program);
}

/** What a store holds as killed servers left it, read on where the last look ended: nobody else may have it open. */
export class StoreReader {
  readonly #dir: string;
  #row = 0;

  constructor(dataDir: string) {
    this.#dir = join(dataDir, 'storage-server');
  }

  /** SHA-256 of every mail that came since the last call. */
  async readNew(): Promise<string[]> {
    const { blob } = await loadStoreKeys(this.#dir);
    const db = new Sqlite(join(this.#dir, 'storage.sqlite'));
    const blobs = openBlobReader({ dataDir: this.#dir, key: blob });
    try {
      const rows = db
        .prepare<[number], { row: number; header: string; body: string }>(
          'SELECT rowid AS row, header, body FROM mail_original WHERE rowid > ? ORDER BY rowid',
        )
        .all(this.#row);
      const hashes: string[] = [];
      for (const { row, header, body } of rows) {
        hashes.push(hashOf(Buffer.concat([await blobs.read(header), await blobs.read(body)])));
        this.#row = row;
      }
      return hashes;
    } finally {
      blobs.close();
      db.close();
    }
  }
}
