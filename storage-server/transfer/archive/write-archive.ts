import { createHash } from 'node:crypto';
import { makeProfileFile } from '../../../common/archive/profile-file.ts';
import { endTar, makeTarFile, makeTarHeader, padTar } from '../../../common/archive/tar.ts';
import { formatTime, type Millis } from '../../../common/time.ts';
import { VERSION } from '../../../common/version.ts';
import { readAnswer } from '../../../server-kit/service-client.ts';
import type { StorageCore } from '../../context.ts';
import type { MailRecord } from '../../mail/mail-record.ts';
import { readRemovedAfter } from '../export-store.ts';
import { openOriginal } from '../open-original.ts';
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, type ArchivedMail } from './archive-shapes.ts';
import {
  describeMails,
  describeUidl,
  readPlaces,
  type DescribedMail,
  type StoredFile,
} from './describe-mail.ts';

export type ArchiveCore = Pick<StorageCore, 'db' | 'ids' | 'blobs' | 'home' | 'profile' | 'clock'>;

/** What a mail's file is called, and how its list is; `number` counts the mails of the archive. */
export interface ArchiveNames {
  nameMail(mail: DescribedMail, number: number): string;
  nameList(number: number): string;
}

export const NUMBERED: ArchiveNames = {
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
  names: ArchiveNames = NUMBERED,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ArchiveWriter(core, user, names);
  yield* writer.begin();
  for await (const page of pages) yield* writer.addPage(page);
  yield* writer.end();
}

class ArchiveWriter {
  readonly #core: ArchiveCore;
  readonly #user: string;
  readonly #names: ArchiveNames;
  readonly #at: Millis;
  readonly #sums: string[] = [];
  #count = 0;
  #places: Awaited<ReturnType<typeof readPlaces>> = { mailboxes: new Map(), maildrops: new Map() };

  constructor(core: ArchiveCore, user: string, names: ArchiveNames) {
    this.#core = core;
    this.#user = user;
    this.#names = names;
    this.#at = core.clock.now();
  }

  async *begin(): AsyncGenerator<Uint8Array, void, undefined> {
    const made = formatTime(this.#at);
    yield this.#makeFile(
      'manifest.json',
      toJson({ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION, made, by: `valija ${VERSION}` }),
    );
    const { items } = await readAnswer(this.#core.profile.profile.read.query({ user: this.#user }));
    yield this.#makeFile('profile.json', toJson(makeProfileFile(items, made)));
    this.#places = await readPlaces(this.#core.home, this.#user);
    const { accounts } = await this.#core.home.readProfile(this.#user);
    const known = accounts.map(({ id, email, pop3: { host, port, user } }) => ({
      id,
      email,
      pop3: { host, port, user },
    }));
    yield this.#makeFile('accounts.json', toJson(known));
    yield* this.#writeRemoved();
  }

  async *addPage(page: readonly MailRecord[]): AsyncGenerator<Uint8Array, void, undefined> {
    let list: MailRecord[] = [];
    let bytes = 0;
    for (const mail of page) {
      const held = mail.size <= SMALL ? mail.size : 0;
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

  async *end(): AsyncGenerator<Uint8Array, void, undefined> {
    yield makeTarFile('SHA256SUMS', Buffer.from(`${this.#sums.join('\n')}\n`), this.#at);
    yield endTar();
  }

  async *#addList(mails: readonly MailRecord[]): AsyncGenerator<Uint8Array, void, undefined> {
    if (mails.length === 0) return;
    const first = this.#count + 1;
    const files: { name: string; file: StoredFile; bytes: Buffer | null }[] = [];
    const lines: string[] = [];
    for (const mail of await describeMails(this.#core, this.#user, mails, this.#places)) {
      this.#count += 1;
      const name = this.#names.nameMail(mail, this.#count);
      const stored: { file: string; sha256: string; size: number }[] = [];
      for (const [index, file] of mail.files.entries()) {
        const own =
          index === 0
            ? name
            : `${name.replace(/\.eml$/, '')}.${index + 1}${file.kind === 'original' ? '.eml' : '.part'}`;
        const { sha256, bytes } = await this.#hash(file);
        stored.push({ file: own, sha256, size: file.size });
        files.push({ name: own, file, bytes });
      }
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
    const { blobs } = this.#core;
    return file.kind === 'original' ? openOriginal(blobs, file) : blobs.open(file.blob, 0, file.size);
  }

  /** What the user removed for ever: else its maildrops would bring it again on another server. */
  async *#writeRemoved(): AsyncGenerator<Uint8Array, void, undefined> {
    let lists = 0;
    for (const [maildrop] of this.#places.maildrops) {
      let after = '';
      for (;;) {
        const page = await readRemovedAfter(this.#core.db.read, maildrop, after, REMOVED);
        if (page.length === 0) break;
        const lines = page.map((entry) => JSON.stringify(describeUidl(entry, this.#places.maildrops)));
        lists += 1;
        yield this.#makeFile(`removed/${String(lists).padStart(4, '0')}.jsonl`, `${lines.join('\n')}\n`);
        after = page.at(-1)!.uidl;
      }
    }
  }

  #makeFile(name: string, text: string): Uint8Array {
    const bytes = Buffer.from(text);
    this.#sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}`);
    return makeTarFile(name, bytes, this.#at);
  }
}

function composeLine(
  { facts, draft, files }: DescribedMail,
  stored: { file: string; sha256: string; size: number }[],
): ArchivedMail {
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
