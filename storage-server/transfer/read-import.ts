import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { ByteSource } from '../../common/archive/byte-source.ts';
import { describePath } from '../../common/archive/import-path.ts';
import { readTar, type TarFile } from '../../common/archive/read-tar.ts';
import { MailError } from '../../common/errors.ts';
import type { Millis } from '../../common/time.ts';
import type { BlobSource } from '../blob/blob-store.ts';
import { ArchiveReader } from './archive/read-archive.ts';
import type { Finding } from './found-mail.ts';
import { readMbox } from './mbox/read-mbox.ts';
import { looksLikeField } from './mbox/from-line.ts';
import { dropMessage, MessageSpool, readMessage, type SpoolPlace } from './message-spool.ts';
import { describeMessage, skip, type Surroundings } from './read-message.ts';

/** What an import is read with. `name` is that of the file, for people. */
export interface ImportSetting {
  place: SpoolPlace;
  name: string;
  now: Millis;
}

const SNIFFED = 1100;

/**
 * All mails of what somebody hands in, whatever it is: an mbox, one message, a tar of such files (as the command line
 * makes of a folder or a Maildir), or our own archive; each of them also gzipped. MailError `invalid`.
 */
export async function* readImport(
  pieces: AsyncIterable<Uint8Array>,
  setting: ImportSetting,
): AsyncGenerator<Finding, void, undefined> {
  const source = new ByteSource(pieces);
  const kind = sniff(Buffer.from(await source.peek(SNIFFED)));
  if (kind === 'gzip') yield* readPacked(source, setting);
  else yield* readUnpacked(source, kind, setting);
}

async function* readPacked(
  source: ByteSource,
  setting: ImportSetting,
): AsyncGenerator<Finding, void, undefined> {
  const inner = new ByteSource(unpackGzip(source.rest()));
  const packed = sniff(Buffer.from(await inner.peek(SNIFFED)));
  // Once: a file may hold itself, and each layer costs memory.
  yield* readUnpacked(inner, packed === 'gzip' ? 'unknown' : packed, setting);
}

async function* readUnpacked(
  source: ByteSource,
  kind: Exclude<Kind, 'gzip'>,
  setting: ImportSetting,
): AsyncGenerator<Finding, void, undefined> {
  if (kind === 'tar') yield* readFolder(source, setting);
  else if (kind === 'mbox') yield* readMbox(source.rest(), setting.place, { ...setting, mailbox: null });
  else if (kind === 'message') yield await readOne(source.rest(), setting, onlyName(setting.name));
  else {
    const reason = `import-${kind === 'packed' ? 'unknown' : kind}`;
    throw new MailError('invalid', `cannot import ${kind}`, { reason });
  }
}

type Kind = 'gzip' | 'tar' | 'mbox' | 'message' | 'zip' | 'packed' | 'empty' | 'unknown';

/** Compressed or encrypted, as Dovecot keeps mails too: zstd, xz, bzip2, its own lz4, mail-crypt. */
const PACKED = /^(?:\u0028\u00b5\u002f\u00fd|\u00fd7zXZ\0|BZh[1-9]1AY|Dovecot-LZ4|CRYPTED\u0003)/;

/** By the first bytes; names lie. */
function sniff(begin: Buffer): Kind {
  if (begin.length === 0) return 'empty';
  if (begin[0] === 0x1f && begin[1] === 0x8b) return 'gzip';
  if (begin.toString('latin1', 0, 4) === 'PK\u0003\u0004') return 'zip';
  if (PACKED.test(begin.toString('latin1', 0, 16))) return 'packed';
  if (begin.toString('latin1', 257, 262) === 'ustar') return 'tar';
  if (begin.toString('latin1', 0, 5) === 'From ') return 'mbox';
  return looksLikeField(begin.toString('latin1')) ? 'message' : 'unknown';
}

function onlyName(name: string): Surroundings {
  return { name, mailbox: null, flags: [], received: null };
}

async function* unpackGzip(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    // `compose` would throw what is wrong at the end of the file where nobody catches it. Whoever reads hears of failures.
    yield* pipeline(Readable.from(pieces), createGunzip(), () => undefined) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('Z_')) throw error;
    throw new MailError('invalid', 'the file is damaged', { reason: 'archive-damaged', cause: error });
  }
}

async function* readFolder(
  source: ByteSource,
  setting: ImportSetting,
): AsyncGenerator<Finding, void, undefined> {
  const archive = new ArchiveReader(setting.place);
  const links: string[] = [];
  for await (const file of readTar(source, (name) => links.push(name))) {
    if (archive.takes(file.name)) yield* archive.read(file);
    else yield* readFile(file, setting);
    yield* refuseLinks(links);
  }
  yield* refuseLinks(links);
  yield* archive.end();
}

/** Copies of mails in a Maildir may be links: their bytes stand elsewhere, and that they lay here too must not be lost unsaid. */
function* refuseLinks(links: string[]): Generator<Finding, void, undefined> {
  for (const name of links.splice(0)) {
    if (describePath(name).kind !== 'other') yield { skipped: skip(name, 'invalid', 'import-link') };
  }
}

async function* readFile(file: TarFile, setting: ImportSetting): AsyncGenerator<Finding, void, undefined> {
  const { kind, ...place } = describePath(file.name);
  const { name } = file;
  if (kind === 'other') return;
  const bytes = new ByteSource(file.bytes);
  const found = sniff(Buffer.from(await bytes.peek(SNIFFED)));
  if (found === 'mbox' && kind === 'mbox') {
    yield* readMbox(bytes.rest(), setting.place, { name, mailbox: place.mailbox, now: setting.now });
  } else if (found === 'gzip' && kind === 'mail') {
    yield await readPackedOne(bytes.rest(), setting, { ...place, name });
  } else if (found === 'message' || (kind === 'mail' && found !== 'empty' && found !== 'packed')) {
    // A message without `.eml` lies in the folder that it lies in.
    const folder = kind === 'mail' ? place.mailbox : place.mailbox?.split('/').slice(0, -1).join('/') || null;
    yield await readOne(bytes.rest(), setting, { ...place, name, mailbox: folder });
  } else if (found !== 'empty') yield { skipped: skip(name, 'invalid', 'import-unknown') };
}

async function readOne(
  pieces: AsyncIterable<Uint8Array>,
  { place, now }: ImportSetting,
  surroundings: Surroundings,
): Promise<Finding> {
  try {
    return await describeMessage(await collect(pieces, place), surroundings, now);
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'too-large') throw error;
    return { skipped: skip(surroundings.name, error.code, error.reason) };
  }
}

/** Dovecot may have each mail of a Maildir gzipped. One that is damaged does not take the others with it. */
async function readPackedOne(
  pieces: AsyncIterable<Uint8Array>,
  setting: ImportSetting,
  surroundings: Surroundings,
): Promise<Finding> {
  let packed: BlobSource | null = null;
  try {
    packed = await collect(pieces, setting.place);
    return await readOne(unpackGzip(readMessage(packed)), setting, surroundings);
  } catch (error) {
    const isOwn = packed === null ? 'too-large' : 'invalid';
    if (!(error instanceof MailError) || error.code !== isOwn) throw error;
    return { skipped: skip(surroundings.name, error.code, error.reason) };
  } finally {
    if (packed !== null) await dropMessage(packed);
  }
}

/** MailError `too-large`, `disk-full`. */
async function collect(pieces: AsyncIterable<Uint8Array>, place: SpoolPlace): Promise<BlobSource> {
  const spool = new MessageSpool(place);
  try {
    for await (const piece of pieces) {
      spool.add(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
      await spool.settle();
    }
    return await spool.finish();
  } catch (error) {
    await spool.discard();
    throw error;
  }
}
