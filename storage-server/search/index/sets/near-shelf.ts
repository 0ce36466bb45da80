import { statSync } from 'node:fs';
import { join } from 'node:path';
import { SECOND } from '../../../../common/time.ts';
import type { Query } from '../../query/query.ts';
import type { Found, IndexState } from '../search-index.ts';
import { NearIndex } from './near-index.ts';

/** Who looks for nothing for so long gives back the memory. */
const IDLE = 30 * SECOND;
const MOST_OPEN = 16;

interface Open {
  index: NearIndex;
  inode: number;
  timer: NodeJS.Timeout;
}

/** The users' indexes as far as they answer without a thread. */
export class NearShelf {
  readonly #folder: string;
  readonly #open = new Map<string, Open>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Null for what only the index's threads can tell. */
  find(user: string, query: Query, limit: number): { found: Found[]; state: IndexState } | null {
    try {
      const index = this.#take(user);
      return index === null ? null : index.find(query, limit);
    } catch {
      // A file that is written, thrown away or damaged just now: its thread knows what to do, and says it.
      this.#close(user);
      return null;
    }
  }

  close(): void {
    for (const user of this.#open.keys()) this.#close(user);
  }

  #take(user: string): NearIndex | null {
    const path = join(this.#folder, `${user}.sqlite`);
    const inode = statSync(path, { throwIfNoEntry: false })?.ino;
    const known = this.#open.get(user);
    if (known !== undefined && known.inode === inode) {
      known.timer.refresh();
      // The one that was used longest ago stands first.
      this.#open.delete(user);
      this.#open.set(user, known);
      return known.index;
    }
    this.#close(user);
    if (inode === undefined) return null;
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) this.#close(oldest);
    const timer = setTimeout(() => this.#close(user), IDLE).unref();
    const index = new NearIndex(path);
    this.#open.set(user, { index, inode, timer });
    return index;
  }

  #close(user: string): void {
    const known = this.#open.get(user);
    if (known === undefined) return;
    this.#open.delete(user);
    clearTimeout(known.timer);
    known.index.close();
  }
}
