import type { Writer } from '../../server-kit/database/database.ts';
import type { MailState } from '../mail/mail-state.ts';
import { ThreadChanges } from '../mail/threads/thread-changes.ts';
import { saveThreadRows } from '../mail/threads/thread-row-store.ts';
import { CounterChanges } from './counter-store.ts';
import { deleteLabels, insertLabels } from './label-store.ts';

/**
 * What one transaction changes of where mails are listed: every writer of mail rows tells it what each mail was and is,
 * and saves it after the rows are written. Counters, labels and conversations are then as a recount would make them.
 */
export class PlaceChanges {
  readonly #counters = new CounterChanges();
  readonly #threads = new ThreadChanges();
  readonly #unlabelled: number[] = [];
  readonly #labelled: MailState[] = [];

  /** Null before: it is new; null after: it is gone. */
  replace(before: MailState | null, after: MailState | null): void {
    this.#counters.replace(before, after);
    this.#threads.replace(before, after);
    this.#relabel(before, after);
  }

  #relabel(before: MailState | null, after: MailState | null): void {
    const had = before?.labels ?? null;
    const has = after?.labels ?? null;
    if (had === null && has === null) return;
    if (before !== null && after !== null && had === has) {
      if (before.mailbox === after.mailbox && before.date === after.date) return;
    }
    if (before !== null && had !== null) this.#unlabelled.push(before.id);
    if (after !== null && has !== null) this.#labelled.push(after);
  }

  async save(tx: Writer, user: string): Promise<void> {
    await this.#counters.save(tx, user);
    await deleteLabels(tx, user, this.#unlabelled);
    await insertLabels(tx, user, this.#labelled);
    await saveThreadRows(tx, user, this.#threads);
  }
}
