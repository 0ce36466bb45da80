import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { TarFile } from '../../../common/archive/read-tar.ts';
import { MailError } from '../../../common/errors.ts';
import type { BlobSource } from '../../blob/blob-store.ts';
import type { Finding } from '../found-mail.ts';
import { dropMessage, MessageSpool, type SpoolPlace } from '../message-spool.ts';
import { skip } from '../read-message.ts';
import {
  ARCHIVE_VERSION,
  archivedAccounts,
  archivedMail,
  archivedUidl,
  archiveManifest,
  type ArchivedMail,
} from './archive-shapes.ts';

/** Lists of mails and other small files; mails have a limit of their own. */
const LARGEST_LIST = 64 << 20;
/** Ours have a hundred mails; each is held in memory until its files come. */
const MOST_LINES = 10_000;

interface Expected {
  mail: ArchivedMail;
  /** In the order in which they follow: the mail, the same through other accounts, attachments. */
  files: { file: string; sha256: string; size: number }[];
  read: BlobSource[];
  damaged: boolean;
}

/**
 * Reads the files of our own archive (docs/transfer.md) as they come: a list of mails, then their files, checked by
 * their hashes. What is damaged is skipped, all else is taken.
 */
export class ArchiveReader {
  readonly #place: SpoolPlace;
  #isArchive = false;
  #expected: Expected[] = [];
  /** By the name of its first file: one that is missing does not take those behind it with it. */
  readonly #byFile = new Map<string, Expected>();
  readonly #hashes = new Map<string, string>();

  constructor(place: SpoolPlace) {
    this.#place = place;
  }

  /** An archive begins with its manifest; everything behind it belongs to it. */
  takes(name: string): boolean {
    return this.#isArchive || name === 'manifest.json';
  }

  /** MailError `invalid` reason `archive-version` or `archive-damaged` where nothing can be made of it. */
  async *read(file: TarFile): AsyncGenerator<Finding, void, undefined> {
    const { name } = file;
    const next = this.#byFile.get(name);
    if (next !== undefined) yield* this.#dropExpected(this.#expected.indexOf(next));
    if (name === this.#expected[0]?.files[this.#expected[0].read.length]?.file) yield* this.#readMail(file);
    else if (name === 'manifest.json') await this.#readManifest(file);
    else if (name === 'accounts.json') {
      yield { accounts: parseJson(archivedAccounts, (await this.#readList(file)).toString('utf8')) };
    } else if (/^removed\/[^/]+\.jsonl$/.test(name)) {
      const lines = splitLines((await this.#readList(file)).toString('utf8'));
      yield { uidls: lines.filter((line) => line !== '').map((line) => parseJson(archivedUidl, line)) };
    } else if (/(^|\/)mails.*\.jsonl$/.test(name)) {
      yield* this.#dropExpected();
      yield* this.#expect(name, (await this.#readList(file)).toString('utf8'));
    } else if (name === 'SHA256SUMS') yield* this.#checkSums((await this.#readList(file)).toString('utf8'));
    else if (name === 'profile.json') await this.#readList(file);
  }

  /** Whatever is still missing. */
  async *end(): AsyncGenerator<Finding, void, undefined> {
    yield* this.#dropExpected();
  }

  async #readManifest(file: TarFile): Promise<void> {
    const manifest = archiveManifest.safeParse(tryJson((await this.#readList(file)).toString('utf8')));
    // Somebody's folder with a file of that name.
    if (!manifest.success) return;
    if (manifest.data.version > ARCHIVE_VERSION) {
      throw new MailError('invalid', 'a newer archive', { reason: 'archive-version' });
    }
    this.#isArchive = true;
  }

  async #readList(file: TarFile): Promise<Buffer> {
    if (file.size > LARGEST_LIST) throw damaged();
    const pieces: Uint8Array[] = [];
    for await (const piece of file.bytes) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    this.#hashes.set(file.name, createHash('sha256').update(bytes).digest('hex'));
    return bytes;
  }

  *#expect(name: string, lines: string): Generator<Finding, void, undefined> {
    for (const [index, line] of splitLines(lines).entries()) {
      if (line === '') continue;
      const mail = archivedMail.safeParse(tryJson(line));
      if (!mail.success || isTwice(mail.data))
        yield { skipped: skip(`${name}:${index + 1}`, 'invalid', 'archive-damaged') };
      else {
        const { others, draft } = mail.data;
        const files = [mail.data, ...others, ...(draft?.attachments ?? [])];
        const expected = { mail: mail.data, files, read: [], damaged: false };
        this.#expected.push(expected);
        this.#byFile.set(mail.data.file, expected);
      }
    }
  }

  async *#readMail(file: TarFile): AsyncGenerator<Finding, void, undefined> {
    const one = this.#expected[0]!;
    this.#byFile.delete(file.name);
    const wanted = one.files[one.read.length]!;
    const hash = createHash('sha256');
    const spool = new MessageSpool(this.#place);
    try {
      for await (const piece of file.bytes) {
        hash.update(piece);
        spool.add(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
        await spool.settle();
      }
      one.read.push(await spool.finish());
    } catch (error) {
      await spool.discard();
      if (!(error instanceof MailError) || error.code !== 'too-large') throw error;
      one.read.push(Buffer.alloc(0));
    }
    if (hash.digest('hex') !== wanted.sha256) one.damaged = true;
    if (one.read.length < one.files.length) return;
    this.#expected.shift();
    if (one.damaged) yield* this.#refuse(one);
    else yield compose(one);
  }

  async *#dropExpected(count = this.#expected.length): AsyncGenerator<Finding, void, undefined> {
    for (const one of this.#expected.splice(0, count)) {
      this.#byFile.delete(one.mail.file);
      yield* this.#refuse(one);
    }
  }

  async *#refuse(one: Expected): AsyncGenerator<Finding, void, undefined> {
    for (const source of one.read) await dropMessage(source);
    yield { skipped: skip(one.mail.file, 'invalid', 'archive-damaged') };
  }

  *#checkSums(text: string): Generator<Finding, void, undefined> {
    for (const line of text.split('\n')) {
      const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
      const [, sum = '', name = ''] = match ?? [];
      const own = this.#hashes.get(name);
      if (match !== null && own !== undefined && own !== sum) {
        yield { skipped: skip(name, 'invalid', 'archive-damaged') };
      }
    }
  }
}

function compose({ mail, read }: Expected): Finding {
  const [source, ...rest] = read;
  const others = mail.others.map(({ account }, index) => ({ account, source: rest[index]! }));
  const { file, role, mailbox, flags, labels, received } = mail;
  return {
    name: file,
    source: source!,
    place: { mailbox: role ?? mailbox, flags, labels, received: Date.parse(received) },
    archived: { mail, others, attachments: rest.slice(others.length) },
  };
}

function splitLines(text: string): string[] {
  const lines = text.split('\n', MOST_LINES + 1);
  if (lines.length > MOST_LINES) throw damaged();
  return lines;
}

/** Its first account brought the mail itself, the others each bytes of its own. */
function isTwice({ accounts, others }: ArchivedMail): boolean {
  return others.some(({ account }) => (account ?? '') === (accounts[0] ?? ''));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function parseJson<Shape extends z.ZodType>(shape: Shape, text: string): z.infer<Shape> {
  const parsed = shape.safeParse(tryJson(text));
  if (!parsed.success) throw damaged();
  return parsed.data;
}

function damaged(): MailError {
  return new MailError('invalid', 'the archive is damaged', { reason: 'archive-damaged' });
}
