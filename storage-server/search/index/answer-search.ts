import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobReader } from '../../blob/blob-reader.ts';
import { readMailText, type MailText } from '../text/read-mail-text.ts';
import { IndexFile, removeIndex } from './index-store.ts';
import type { IndexedRow, SearchIndex } from './search-index.ts';
import type { SearchAnswer, SearchRequest } from './thread-protocol.ts';

/** Files that are open at once. */
const MOST_OPEN = 6;
const NO_TEXT: MailText = {
  sender: '',
  recipients: '',
  copies: '',
  subject: '',
  subject_stems: '',
  body: '',
  body_stems: '',
  names: '',
  headers: '',
};

/** The users' indexes, the ones used last open. */
export class IndexShelf {
  readonly #folder: string;
  readonly #open = new Map<string, { index: IndexFile; inode: number | null }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  find(user: string): SearchIndex {
    const path = this.#path(user);
    let known = this.#open.get(user);
    // Another thread may have thrown the file away.
    if (known !== undefined && known.inode !== readInode(path)) {
      this.#close(user);
      known = undefined;
    }
    const entry = known ?? this.#make(path);
    this.#open.delete(user);
    this.#open.set(user, entry);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#close(oldest);
    }
    return entry.index;
  }

  /** Nobody else may be writing it. */
  drop(user: string): void {
    this.#close(user);
    removeIndex(this.#path(user));
  }

  close(): void {
    for (const user of this.#open.keys()) this.#close(user);
  }

  #make(path: string): { index: IndexFile; inode: number | null } {
    const index = new IndexFile(path);
    return { index, inode: readInode(path) };
  }

  #close(user: string): void {
    this.#open.get(user)?.index.close();
    this.#open.delete(user);
  }

  #path(user: string): string {
    if (!/^[\w-]{1,64}$/.test(user)) throw new Error('no such user');
    return join(this.#folder, `${user}.sqlite`);
  }
}

function readInode(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

/** Does what one request asks of a user's index. */
export async function answerSearch(
  shelf: IndexShelf,
  blobs: BlobReader,
  request: SearchRequest,
): Promise<SearchAnswer> {
  if (request.kind === 'drop') shelf.drop(request.user);
  let index = shelf.find(request.user);
  let answer: Omit<SearchAnswer, 'state'> = { found: [], count: 0 };
  if (request.kind === 'index') {
    const changes = await readChanges(index, blobs, request.rows);
    // Meanwhile another request may have closed it.
    index = shelf.find(request.user);
    index.save({ rows: changes, removed: [], state: null });
  } else if (request.kind === 'finish') {
    index.save({ rows: [], removed: request.removed, state: request.state });
  } else if (request.kind === 'find') {
    const found = index.find(request.plan, request.after, request.limit);
    const count = request.most === 0 ? 0 : index.count(request.plan, request.most);
    answer = { found, count };
  }
  return { ...answer, state: index.readState() };
}

async function readChanges(
  index: SearchIndex,
  blobs: BlobReader,
  rows: readonly IndexedRow[],
): Promise<{ row: IndexedRow; text: MailText | null }[]> {
  const known = new Map(index.readRows(rows.map(({ mail }) => mail)).map((row) => [row.mail, row]));
  const changes: { row: IndexedRow; text: MailText | null }[] = [];
  for (const row of rows) {
    const before = known.get(row.mail);
    const same = before?.header === row.header && before.body === row.body && before.date === row.date;
    changes.push({ row, text: same ? null : await readText(blobs, row) });
  }
  return changes;
}

/** A mail whose bytes cannot be read is found by its row alone, and does not hold up the others. */
async function readText(blobs: BlobReader, { header, body, size }: IndexedRow): Promise<MailText> {
  try {
    return await readMailText(blobs, { header, body, size });
  } catch {
    return NO_TEXT;
  }
}
