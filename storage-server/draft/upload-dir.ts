import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailError } from '../../common/errors.ts';
import { DAY, MINUTE, type Clock } from '../../common/time.ts';
import { toDiskError } from './disk-error.ts';

/** An upload that nobody went on with for so long is given up. */
const GIVEN_UP_MS = DAY;
/** After so long it gives way to another one of its user that needs the room: whoever goes on with it begins anew. */
const IDLE_MS = MINUTE;

/** Names one upload: `key` is chosen by the client. */
export interface UploadName {
  user: string;
  draft: string;
  key: string;
}

/** One request's share of an upload. */
export interface Piece extends UploadName {
  /** Where the body's first byte belongs. */
  offset: number;
  /** Most bytes that the file may come to. */
  limit: number;
  /** Most bytes that this user's unfinished uploads may take together. */
  quota: number;
  body: Readable;
}

/**
 * Files that are on their way in. What `offset` reports is on the disk, so a client whose line
 * broke (or a server that died) goes on from there. A request that comes while an older one of
 * the same upload still hangs in a dead connection ends that one.
 */
export class UploadDir {
  readonly #root: string;
  readonly #clock: Clock;
  readonly #busy = new Map<string, { stop(): void; done: Promise<unknown> }>();

  constructor(root: string, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
  }

  pathOf(name: UploadName): string {
    return join(this.#root, digest(name.user), digest(`${name.draft}\0${name.key}`));
  }

  /** Bytes of it that are durable here. */
  async offsetOf(name: UploadName): Promise<number> {
    const path = this.pathOf(name);
    await this.#interrupt(path);
    return await sizeOf(path);
  }

  /**
   * Appends the body and syncs it; how far the file has come then. MailError `conflict` when
   * `offset` is not where it stands, `too-large`, `quota`, `disk-full`, `dropped` when the body broke.
   */
  async append(piece: Piece): Promise<number> {
    const path = this.pathOf(piece);
    // It may be ended before anybody reads it, and then nobody else would hear its error.
    piece.body.on('error', () => undefined);
    // No await between the last look and taking the place: two requests at once must not both write.
    while (this.#busy.has(path)) await this.#interrupt(path);
    const work = this.#append(path, piece);
    const entry = {
      stop: () => piece.body.destroy(new MailError('dropped', 'the upload went on elsewhere')),
      done: work.catch(() => undefined),
    };
    this.#busy.set(path, entry);
    try {
      return await work;
    } finally {
      if (this.#busy.get(path) === entry) this.#busy.delete(path);
    }
  }

  async #append(path: string, piece: Piece): Promise<number> {
    const size = await sizeOf(path);
    if (piece.offset !== size) {
      throw new MailError('conflict', `the file stands at ${size}, not at ${piece.offset}`, {
        reason: 'upload-offset',
        current: { offset: size },
      });
    }
    const room = (await this.#freeRoom(piece, path)) + size;
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    const limited = limitBytes(piece.body, piece.limit - size, room - size);
    try {
      await pipeline(limited, createWriteStream(path, { flags: 'a', mode: 0o600 }));
    } catch (error) {
      // What came so far stays: the client goes on behind it.
      await syncFile(path);
      if (error instanceof MailError) throw error;
      throw toDiskError(error) ?? new MailError('dropped', 'the upload broke', { cause: error });
    }
    await syncFile(path);
    return await sizeOf(path);
  }

  async #interrupt(path: string): Promise<void> {
    const before = this.#busy.get(path);
    before?.stop();
    await before?.done;
  }

  /** Bytes that the user's uploads leave of his share, once those that nobody goes on with gave way for this one. */
  async #freeRoom({ user, quota, limit }: Piece, own: string): Promise<number> {
    const folder = join(this.#root, digest(user));
    const found = await Promise.all(
      (await list(folder)).map(async (name) => {
        const path = join(folder, name);
        const info = await stat(path).catch(() => null);
        return { path, size: info?.size ?? 0, at: info?.mtimeMs ?? 0 };
      }),
    );
    let room = quota - found.reduce((sum, { size }) => sum + size, 0);
    const wanted = limit - (found.find(({ path }) => path === own)?.size ?? 0);
    for (const { path, size, at } of found.toSorted((a, b) => a.at - b.at)) {
      if (room >= wanted || at >= this.#clock.now() - IDLE_MS) break;
      if (path === own || this.#busy.has(path)) continue;
      await this.#drop(path);
      room += size;
    }
    return room;
  }

  /** Whoever goes on with it meanwhile waits, and finds nothing. */
  async #drop(path: string): Promise<void> {
    const gone = rm(path, { force: true });
    const entry = { stop: () => undefined, done: gone.catch(() => undefined) };
    this.#busy.set(path, entry);
    try {
      await gone;
    } finally {
      if (this.#busy.get(path) === entry) this.#busy.delete(path);
    }
  }

  async remove(name: UploadName): Promise<void> {
    const path = this.pathOf(name);
    await this.#interrupt(path);
    await rm(path, { force: true });
  }

  /** Removes uploads that nobody went on with for a day. */
  async sweep(): Promise<void> {
    const before = this.#clock.now() - GIVEN_UP_MS;
    for (const user of await list(this.#root)) {
      const folder = join(this.#root, user);
      for (const name of await list(folder)) {
        const path = join(folder, name);
        const info = await stat(path).catch(() => null);
        if (info !== null && info.mtimeMs < before && !this.#busy.has(path)) await this.#drop(path);
      }
      if ((await list(folder)).length === 0) await rmdir(folder).catch(() => undefined);
    }
  }
}

/** Names from outside never become file names. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function* limitBytes(body: Readable, limit: number, room: number): AsyncGenerator<Buffer> {
  let taken = 0;
  // Left open on a refusal: the caller reads the rest away, so that the client gets to hear why.
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    taken += chunk.length;
    if (taken > limit) {
      throw new MailError('too-large', 'more than the attachments of a mail may have', {
        reason: 'attachments',
      });
    }
    if (taken > room) throw new MailError('quota', 'too many unfinished uploads', { reason: 'uploads' });
    yield chunk;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function syncFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
