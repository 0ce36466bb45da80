import type { FoundMail } from './found-mail.ts';

/** Which conversation here each of an archive's is: its mails stay together, and apart from those of others. */
export class ImportThreads {
  readonly #threads = new Map<string, number>();
  readonly #taken = new Set<number>();
  /** Whose transaction may have to be repeated: the mail that a thread was first settled by, in this batch. */
  readonly #fresh = new Map<string, FoundMail>();

  /** What was settled is committed. */
  settle(): void {
    this.#fresh.clear();
  }

  /** A mail of it is here already, in that thread. */
  learn(mail: FoundMail, thread: number): void {
    const name = mail.archived?.mail.thread;
    if (name !== undefined && this.#isOpen(name, mail)) this.#set(name, mail, thread);
  }

  /** See ImportedMail in mail/ingest/ingest.ts. */
  choose(mail: FoundMail, found: number | null, own: number): number {
    const name = mail.archived?.mail.thread;
    if (name === undefined) return found ?? own;
    if (!this.#isOpen(name, mail)) return this.#threads.get(name)!;
    return this.#set(name, mail, found === null || this.#taken.has(found) ? own : found);
  }

  #isOpen(name: string, mail: FoundMail): boolean {
    return !this.#threads.has(name) || this.#fresh.get(name) === mail;
  }

  #set(name: string, mail: FoundMail, thread: number): number {
    const before = this.#threads.get(name);
    if (before !== undefined) this.#taken.delete(before);
    this.#threads.set(name, thread);
    this.#taken.add(thread);
    this.#fresh.set(name, mail);
    return thread;
  }
}
