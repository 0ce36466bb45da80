import { createHash, createHmac, randomUUID, type Hash, type Hmac } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isThere } from '../../server-kit/is-there.ts';
import { MailError } from '../../common/errors.ts';
import { syncFolder } from '../blob/blob-folder.ts';
import { openDataLock } from './data-lock.ts';
import { FrameCipher } from './frame-cipher.ts';
import { RepositoryIndex, type ObjectRow, type Piece, type Snapshot } from './repository-store.ts';
import { openRepositoryKey } from './repository-key.ts';
import { MAIL_LINE } from './snapshot-lines.ts';

/** Plain bytes of one frame, and of one pack. */
const FRAME = 512 * 1024;
const PACK = 128 << 20;
const FRAMES_KEPT = 16;
/** Of a snapshot: a line may hold a whole profile, with every contact in it. */
const LARGEST_LINES = 1 << 29;

/** The pack that is being written; `at` is where the next frame begins. */
interface OpenPack {
  name: string;
  file: number;
  at: number;
  plain: number;
}

/** A folder of packs that hold every content once, and lists of what users had at a time (docs/backup.md). */
export class Repository {
  readonly index: RepositoryIndex;
  readonly #path: string;
  readonly #cipher: FrameCipher;
  readonly #key: Buffer | null;
  #release: (() => void) | null;
  #pack: OpenPack | null = null;
  readonly #frames = new Map<string, Buffer>();
  #frame: Buffer[] = [];
  #frameSize = 0;
  /** Whose bytes lie in the open frame or pack, not in the index yet. */
  #added = new Map<string, ObjectRow>();
  #open: { row: ObjectRow; offset: number; size: number }[] = [];

  private constructor(path: string, key: Buffer | null, release: (() => void) | null) {
    this.#path = path;
    this.#key = key;
    this.#cipher = new FrameCipher(key);
    this.#release = release;
    this.index = new RepositoryIndex(path);
    for (const folder of ['packs', 'snapshots'])
      mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
  }

  /** `write`: made where there is none, and for this process alone. MailError as openRepositoryKey, `in-use`. */
  static async open(path: string, passphrase: string | null, mode: 'read' | 'write'): Promise<Repository> {
    const key = await openRepositoryKey(path, passphrase, mode === 'write');
    demandIndex(path);
    return new Repository(path, key, mode === 'write' ? openDataLock(path) : null);
  }

  has(name: string): boolean {
    return this.#added.has(name) || this.index.has(name);
  }

  /** Stores a content under its name, unless it is there. It is safe once `settle` has returned. */
  async put(name: string, pieces: AsyncIterable<Buffer>): Promise<void> {
    if (this.has(name)) return;
    const hash = this.#makeHash();
    const row: ObjectRow = { pack: this.#openPack().name, size: 0, digest: '', pieces: [] };
    for await (const piece of pieces) {
      hash.update(piece);
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + FRAME - this.#frameSize);
        this.#frame.push(part);
        this.#open.push({ row, offset: this.#frameSize, size: part.length });
        this.#frameSize += part.length;
        row.size += part.length;
        at += part.length;
        if (this.#frameSize >= FRAME) this.#writeFrame();
      }
    }
    row.digest = hash.digest('base64');
    this.#added.set(name, row);
    if (this.#pack !== null && this.#pack.plain >= PACK) this.settle();
  }

  /** All that was put is on the disk and in the index. */
  settle(): void {
    this.#writeFrame();
    if (this.#pack !== null) {
      fsyncSync(this.#pack.file);
      closeSync(this.#pack.file);
      syncFolder(join(this.#path, 'packs'));
      this.#pack = null;
    }
    this.index.add(this.#added);
    this.#added = new Map();
  }

  /** The bytes of an object from `start` up to and without `end`. MailError `not-found` reason `blob`, `internal` reason `backup-damaged`. */
  *read(name: string, start = 0, end = Number.POSITIVE_INFINITY): Generator<Buffer, void, undefined> {
    const row = this.index.find(name);
    if (row === null) throw new MailError('not-found', 'not in the backup', { reason: 'blob' });
    let at = 0;
    for (const [frame, length, offset, size] of row.pieces) {
      if (at < end && at + size > start) {
        const bytes = this.#readFrame(`packs/${row.pack}`, frame, length).subarray(offset, offset + size);
        yield bytes.subarray(Math.max(0, start - at), Math.min(size, end - at));
      }
      at += size;
    }
  }

  /** Whether an object is there with the bytes that were put. */
  isWhole(name: string): boolean {
    const row = this.index.find(name);
    if (row === null) return false;
    const hash = this.#makeHash();
    try {
      for (const piece of this.read(name)) hash.update(piece);
    } catch (error) {
      if (error instanceof MailError) return false;
      throw error;
    }
    return hash.digest('base64') === row.digest;
  }

  /** Lines of a snapshot, safe when it resolves; what they name was put before. */
  async addSnapshot(
    snapshot: Omit<Snapshot, 'mails' | 'bytes'>,
    lines: AsyncIterable<{ line: string; bytes: number | null }>,
  ): Promise<Snapshot> {
    const folder = join(this.#path, 'snapshots', snapshot.user);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = `snapshots/${snapshot.user}/${snapshot.at}`;
    const part = join(this.#path, `${name}.part`);
    const file = openSync(part, 'w', 0o600);
    const sum = { mails: 0, bytes: 0 };
    let number = 0;
    let held: string[] = [];
    let size = 0;
    const flush = (): void => {
      const packed = this.#cipher.pack(Buffer.from(held.join('\n')), `${name}/${(number += 1)}`);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(packed.length);
      const bytes = Buffer.concat([length, packed]);
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      held = [];
      size = 0;
    };
    try {
      for await (const { line, bytes } of lines) {
        held.push(line);
        size += line.length;
        if (bytes !== null) {
          sum.mails += 1;
          sum.bytes += bytes;
        }
        if (size > FRAME / 2) flush();
      }
      if (held.length > 0) flush();
      this.settle();
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, join(this.#path, name));
    syncFolder(folder);
    const done = { ...snapshot, ...sum };
    this.index.addSnapshot(done);
    return done;
  }

  /** Its lines. MailError `internal` reason `backup-damaged`, at the end too where some are missing. */
  *readSnapshot({ user, at, mails }: Snapshot): Generator<string, void, undefined> {
    const name = `snapshots/${user}/${at}`;
    let number = 0;
    let found = 0;
    for (const packed of readPieces(join(this.#path, name))) {
      const text = this.#cipher.unpack(packed, `${name}/${(number += 1)}`, LARGEST_LINES).toString('utf8');
      for (const line of text.split('\n')) {
        // An empty frame behind a last one that was just full: repositories have them.
        if (line === '') continue;
        if (line.startsWith(MAIL_LINE)) found += 1;
        yield line;
      }
    }
    if (number === 0 || found !== mails) throw refuseDamaged(`${name} has lost lines`);
  }

  close(): void {
    this.settle();
    this.index.close();
    this.#release?.();
    this.#release = null;
  }

  #makeHash(): Hash | Hmac {
    return this.#key === null ? createHash('sha256') : createHmac('sha256', this.#key);
  }

  #openPack(): OpenPack {
    if (this.#pack === null) {
      const name = randomUUID();
      this.#pack = { name, file: openSync(join(this.#path, 'packs', name), 'wx', 0o600), at: 0, plain: 0 };
    }
    return this.#pack;
  }

  #writeFrame(): void {
    if (this.#frameSize === 0 || this.#pack === null) return;
    const { name, at, file } = this.#pack;
    const packed = this.#cipher.pack(Buffer.concat(this.#frame), `packs/${name}/${at}`);
    // By its place: a write that failed may have left some of it behind.
    for (let done = 0; done < packed.length;)
      done += writeSync(file, packed, done, packed.length - done, at + done);
    for (const { row, offset, size } of this.#open) {
      const piece: Piece = [at, packed.length, offset, size];
      row.pieces.push(piece);
    }
    this.#pack.at += packed.length;
    this.#pack.plain += this.#frameSize;
    this.#frame = [];
    this.#frameSize = 0;
    this.#open = [];
  }

  /** Neighbours are read one after the other: the last few frames are kept. */
  #readFrame(pack: string, at: number, length: number): Buffer {
    const place = `${pack}/${at}`;
    const known = this.#frames.get(place);
    if (known !== undefined) return known;
    const bytes = this.#loadFrame(pack, at, length);
    this.#frames.set(place, bytes);
    if (this.#frames.size > FRAMES_KEPT)
      for (const first of this.#frames.keys()) return this.#forget(first, bytes);
    return bytes;
  }

  #forget(place: string, bytes: Buffer): Buffer {
    this.#frames.delete(place);
    return bytes;
  }

  #loadFrame(pack: string, at: number, length: number): Buffer {
    const file = openSync(join(this.#path, pack), 'r');
    try {
      const packed = Buffer.alloc(length);
      const read = readSync(file, packed, 0, length, at);
      return this.#cipher.unpack(packed.subarray(0, read), `${pack}/${at}`);
    } catch (error) {
      throw error instanceof MailError ? error : refuseDamaged('a pack is missing', error);
    } finally {
      closeSync(file);
    }
  }
}

/** The frames of a snapshot's file, one after the other, each with its length before it. */
function* readPieces(path: string): Generator<Buffer, void, undefined> {
  const file = openSync(path, 'r');
  try {
    let left = fstatSync(file).size;
    const length = Buffer.alloc(4);
    for (let read = readSync(file, length); read > 0; read = readSync(file, length)) {
      left -= read + length.readUInt32BE();
      if (read < length.length || left < 0) throw refuseDamaged(`${path} is cut off`);
      const packed = Buffer.alloc(length.readUInt32BE());
      readSync(file, packed);
      yield packed;
    }
  } finally {
    closeSync(file);
  }
}

/** Packs without the list of what is in them say nothing; an empty list would say that all is well. */
function demandIndex(path: string): void {
  const snapshots = join(path, 'snapshots');
  if (isThere(join(path, 'index.sqlite')) || !isThere(snapshots)) return;
  if (readdirSync(snapshots).length > 0) throw refuseDamaged('index.sqlite is missing');
}

function refuseDamaged(text: string, cause?: unknown): MailError {
  return new MailError('internal', text, { reason: 'backup-damaged', cause });
}
