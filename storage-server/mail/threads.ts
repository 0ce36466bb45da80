import type { Writer } from '../../server-kit/database/database.ts';
import type { MailDigest } from '../mime/digest.ts';
import { findThreads, insertThreadKeys } from './ingest-store.ts';

/** Finds the thread of each mail of a batch by its own Message-ID and those that it refers to (RFC 5322 3.6.4). */
export class ThreadFinder {
  readonly #known: Map<string, number>;
  readonly #added = new Map<string, number>();

  constructor(known: Map<string, number>) {
    this.#known = known;
  }

  static async load(tx: Writer, user: string, digests: readonly MailDigest[]): Promise<ThreadFinder> {
    const keys = new Set(digests.flatMap(listKeys));
    return new ThreadFinder(await findThreads(tx, user, [...keys]));
  }

  /** The oldest thread that one of its keys belongs to, else one of its own, named after the mail. */
  assign(mail: number, digest: MailDigest): number {
    return this.keep(this.find(digest) ?? mail, digest);
  }

  /** The oldest thread that one of its keys belongs to; null: none. */
  find(digest: MailDigest): number | null {
    const found = listKeys(digest).map((key) => this.#known.get(key));
    const threads = found.filter((thread) => thread !== undefined);
    return threads.length === 0 ? null : Math.min(...threads);
  }

  /** It belongs to that thread; so do keys of its that belonged to none. */
  keep(thread: number, digest: MailDigest): number {
    for (const key of listKeys(digest)) {
      if (this.#known.has(key)) continue;
      this.#known.set(key, thread);
      this.#added.set(key, thread);
    }
    return thread;
  }

  async save(tx: Writer, user: string): Promise<void> {
    await insertThreadKeys(tx, user, [...this.#added]);
  }
}

function listKeys(digest: MailDigest): string[] {
  return digest.messageKey === null ? digest.referenceKeys : [digest.messageKey, ...digest.referenceKeys];
}
