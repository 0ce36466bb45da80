import { statSync } from 'node:fs';
import { join } from 'node:path';
import { IndexFile } from './index-store.ts';
import { removeIndex } from './index-tables.ts';

/** Files that are open at once. */
const MOST_OPEN = 6;

/** The users' indexes, the ones used last open. */
export class IndexShelf {
  readonly #folder: string;
  readonly #open = new Map<string, { index: IndexFile; inode: number | null }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  find(user: string): IndexFile {
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
