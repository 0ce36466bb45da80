import { createHash } from 'node:crypto';
import { makeProfileFile } from '../../../common/archive/profile-file.ts';
import type { MailError } from '../../../common/errors.ts';
import { endTar, makeTarFile, makeTarHeader, padTar } from '../../../common/archive/tar.ts';
import { formatTime, type Millis } from '../../../common/time.ts';
import { VERSION } from '../../../common/version.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { readAnswer } from '../../../server-kit/service-client.ts';
import type { BlobReader } from '../../blob/blob-reader.ts';
import type { StorageCore } from '../../context.ts';
import type { MailRecord } from '../../mail/mail-record.ts';
import { readRemovedAfter } from '../export-store.ts';
import { isLost, type OnLost } from '../lost-mails.ts';
import { openOriginal } from '../open-original.ts';
import {
  describeMails,
  describeUidl,
  readPlaces,
  type DescribedMail,
  type Places,
  type StoredFile,
} from './describe-mail.ts';
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  type ArchivedAccount,
  type ArchivedMail,
  type ArchivedUidl,
} from './archive-shapes.ts';

export type ArchiveCore = Pick<StorageCore, 'db' | 'ids' | 'blobs' | 'home' | 'profile' | 'clock'>;

/** What a mail's file is called, and how its list is; `number` counts the mails of the archive. */
export interface ArchiveNames {
  nameMail(mail: DescribedMail, number: number): string;
  nameList(number: number): string;
}

const NUMBERED: ArchiveNames = {
  nameMail: (_mail, number) => `mails/${String(number).padStart(7, '0')}.eml`,
  nameList: (number) => `mails/${String(number).padStart(7, '0')}.jsonl`,
};

/** Mails of one list: what of them is small is held in memory until its hash is known. */
const LIST_MAILS = 100;
const LIST_BYTES = 8 << 20;
const SMALL = 1 << 20;
const REMOVED = 1000;

/** The tar of docs/transfer.md: profile and mails with their hashes, in constant memory. */
export async function* writeArchive(
  core: ArchiveCore,
  user: string,
  pages: AsyncIterable<MailRecord[]>,
  options: WriterOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ArchiveWriter(core.blobs, core.clock.now(), options);
  const { items } = await readAnswer(core.profile.profile.read.query({ user }));
  const { accounts } = await core.home.readProfile(user);
  yield* writer.begin(makeProfileFile(items, formatTime(core.clock.now())), listAccounts(accounts));
  const places = await readPlaces(core.home, user);
  for await (const entries of listRemoved(core.db.read, places)) yield writer.writeRemoved(entries);
  for await (const page of pages) yield* writer.addMails(await describeMails(core, user, page, places));
  yield* writer.end();
}

/** Whose mail it is, as `accounts.json` has it. */
export function listAccounts(accounts: readonly ArchivedAccount[]): ArchivedAccount[] {
  return accounts.map(({ id, email, pop3: { host, port, user } }) => ({
    id,
    email,
    pop3: { host, port, user },
  }));
}

/** What the user removed for ever: else its maildrops would bring it again on another server. */
export async function* listRemoved(
  read: Reader,
  { maildrops }: Places,
): AsyncGenerator<ArchivedUidl[], void, undefined> {
  for (const maildrop of maildrops.keys()) {
    let after = '';
    for (;;) {
      const page = await readRemovedAfter(read, maildrop, after, REMOVED);
      if (page.length === 0) break;
      yield page.map((entry) => describeUidl(entry, maildrops));
      after = page.at(-1)!.uidl;
    }
  }
}

interface WriterOptions {
  /** Default: by their number. */
  names?: ArchiveNames;
  /** A mail whose bytes cannot be read stands in its list without its file; an import names it and takes all others. */
  onLost: OnLost;
}

interface FileToWrite {
  name: string;
  file: StoredFile;
  /** Null: to be read again when it is written. */
  bytes: Buffer | null;
}

/** Makes the files of an archive one after the other. */
export class ArchiveWriter {
  readonly #blobs: BlobReader;
  readonly #names: ArchiveNames;
  readonly #at: Millis;
  readonly #onLost: OnLost;
  readonly #sums: string[] = [];
  #count = 0;
  #removed = 0;

  constructor(blobs: BlobReader, at: Millis, { names = NUMBERED, onLost }: WriterOptions) {
    this.#blobs = blobs;
    this.#names = names;
    this.#at = at;
    this.#onLost = onLost;
  }

  *begin(profile: unknown, accounts: readonly ArchivedAccount[]): Generator<Uint8Array, void, undefined> {
    const made = formatTime(this.#at);
    const manifest = { format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, made, by: `valija ${VERSION}` };
    yield this.#makeFile('manifest.json', toJson(manifest));
    yield this.#makeFile('profile.json', toJson(profile));
    yield this.#makeFile('accounts.json', toJson(accounts));
  }

  writeRemoved(uidls: readonly ArchivedUidl[]): Uint8Array {
    this.#removed += 1;
    const name = `removed/${String(this.#removed).padStart(4, '0')}.jsonl`;
    return this.#makeFile(name, `${uidls.map((one) => JSON.stringify(one)).join('\n')}\n`);
  }

  async *addMails(mails: readonly DescribedMail[]): AsyncGenerator<Uint8Array, void, undefined> {
    let list: DescribedMail[] = [];
    let bytes = 0;
    for (const mail of mails) {
      const held = mail.files.reduce((sum, { size }) => sum + (size <= SMALL ? size : 0), 0);
      if (list.length === LIST_MAILS || bytes + held > LIST_BYTES) {
        yield* this.#addList(list);
        list = [];
        bytes = 0;
      }
      list.push(mail);
      bytes += held;
    }
    yield* this.#addList(list);
  }

  *end(): Generator<Uint8Array, void, undefined> {
    yield makeTarFile('SHA256SUMS', Buffer.from(`${this.#sums.join('\n')}\n`), this.#at);
    yield endTar();
  }

  async *#addList(mails: readonly DescribedMail[]): AsyncGenerator<Uint8Array, void, undefined> {
    if (mails.length === 0) return;
    const first = this.#count + 1;
    const files: FileToWrite[] = [];
    const lines: string[] = [];
    for (const mail of mails) {
      this.#count += 1;
      const name = this.#names.nameMail(mail, this.#count);
      const { stored, found } = await this.#readFiles(name, mail);
      files.push(...found);
      lines.push(JSON.stringify(composeLine(mail, stored)));
    }
    yield this.#makeFile(this.#names.nameList(first), `${lines.join('\n')}\n`);
    for (const { name, file, bytes } of files) {
      yield makeTarHeader(name, file.size, this.#at);
      if (bytes === null) yield* this.#open(file);
      else yield bytes;
      yield padTar(file.size);
    }
  }

  async #readFiles(
    name: string,
    { facts, files }: DescribedMail,
  ): Promise<{ stored: Stored[]; found: FileToWrite[] }> {
    const stored: Stored[] = [];
    const found: FileToWrite[] = [];
    const losses: MailError[] = [];
    for (const [index, file] of files.entries()) {
      const own = index === 0 ? name : nameFurther(name, index + 1, file.kind);
      const { sha256, bytes } = await this.#hash(file).catch((error: unknown) => {
        if (!isLost(error)) throw error;
        losses.push(error);
        return { sha256: UNKNOWN, bytes: null };
      });
      stored.push({ file: own, sha256, size: file.size });
      found.push({ name: own, file, bytes });
    }
    const [lost] = losses;
    if (lost === undefined) return { stored, found };
    this.#onLost({ id: facts.id, size: files[0]?.size ?? 0 }, lost);
    return { stored, found: [] };
  }

  async #hash(file: StoredFile): Promise<{ sha256: string; bytes: Buffer | null }> {
    const hash = createHash('sha256');
    const pieces: Buffer[] = [];
    for await (const piece of this.#open(file)) {
      hash.update(piece);
      if (file.size <= SMALL) pieces.push(piece);
    }
    return { sha256: hash.digest('hex'), bytes: file.size <= SMALL ? Buffer.concat(pieces) : null };
  }

  #open(file: StoredFile): AsyncIterable<Buffer> {
    return file.kind === 'original'
      ? openOriginal(this.#blobs, file)
      : this.#blobs.open(file.blob, 0, file.size);
  }

  #makeFile(name: string, text: string): Uint8Array {
    const bytes = Buffer.from(text);
    this.#sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}`);
    return makeTarFile(name, bytes, this.#at);
  }
}

/** Of bytes that nobody has. */
const UNKNOWN = '0'.repeat(64);

interface Stored {
  file: string;
  sha256: string;
  size: number;
}

/** `….2.eml` beside `….eml`; attachments of drafts are no messages. */
function nameFurther(name: string, number: number, kind: StoredFile['kind']): string {
  return `${name.replace(/\.eml$/, '')}.${number}${kind === 'original' ? '.eml' : '.part'}`;
}

function composeLine({ facts, draft, files }: DescribedMail, stored: Stored[]): ArchivedMail {
  const [own, ...rest] = stored;
  const others = rest.flatMap((one, index) => {
    const file = files[index + 1]!;
    return file.kind === 'original' ? [{ ...one, account: file.account }] : [];
  });
  const attachments = rest.flatMap((one, index) => {
    const file = files[index + 1]!;
    return file.kind === 'attachment' ? [{ ...one, name: file.name, type: file.type }] : [];
  });
  return { ...own!, ...facts, others, draft: draft === null ? null : { ...draft, attachments } };
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
