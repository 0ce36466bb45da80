import type { MailPage, MailRow } from '../../../../common/shapes/mail.ts';
import { belongsTo, type MailList } from './patch-lists.ts';

/** A change of this client under way: `shown` is the mail as the person sees it; null: gone. */
interface Change {
  id: string;
  shown: MailRow | null;
}

/** Mails with changes of this client under way, the last of each being what is shown. */
class Pending {
  #changes: Change[] = [];
  /** What was under way at any moment of a reading. */
  readonly #readings = new Set<Change[]>();
  #touched = new Set<string>();
  #waiting: { ids: readonly string[]; tell: () => void }[] = [];

  /** From now on it is noted which mails this client changes. */
  beginNoting(): void {
    this.#touched = new Set(this.#changes.map(({ id }) => id));
  }

  /** Whether a change was under way at any moment since then: what the server said meanwhile may be older. */
  wasTouched(id: string): boolean {
    return this.#touched.has(id);
  }

  /** `ids` are those of all that is changed, `shown` the rows of those that stay. Returns how to end it, done or refused. */
  add(ids: readonly string[], shown: readonly MailRow[]): (done: boolean) => void {
    const rows = new Map(shown.map((row) => [row.id, row]));
    const own = ids.map((id) => ({ id, shown: rows.get(id) ?? null }));
    this.#changes.push(...own);
    for (const reading of this.#readings) reading.push(...own);
    for (const id of ids) this.#touched.add(id);
    return (done) => {
      remove(this.#changes, own);
      this.#tellEnds();
      if (!done) for (const reading of this.#readings) remove(reading, own);
    };
  }

  /** Calls `tell` when no change of these is under way: at once where that is so now. */
  whenEnded(ids: readonly string[], tell: () => void): void {
    this.#waiting.push({ ids, tell });
    this.#tellEnds();
  }

  #tellEnds(): void {
    const underWay = new Set(this.#changes.map(({ id }) => id));
    const { ended = [], waiting = [] } = Object.groupBy(this.#waiting, ({ ids }) =>
      ids.some((id) => underWay.has(id)) ? 'waiting' : 'ended',
    );
    this.#waiting = waiting;
    for (const { tell } of ended) tell();
  }

  /** A page as the server has it, without taking back on the screen what it had not done yet when it read it. */
  async hold<T extends MailPage>(list: MailList, read: () => Promise<T>): Promise<T> {
    const reading = [...this.#changes];
    this.#readings.add(reading);
    try {
      return holdChanges(await read(), list, reading);
    } finally {
      this.#readings.delete(reading);
    }
  }
}

function remove(changes: Change[], own: readonly Change[]): void {
  for (const one of own) {
    const at = changes.indexOf(one);
    if (at !== -1) changes.splice(at, 1);
  }
}

function holdChanges<T extends MailPage>(page: T, list: MailList, changes: readonly Change[]): T {
  if (changes.length === 0) return page;
  const last = new Map(changes.map(({ id, shown }) => [id, shown]));
  const mails = page.mails.flatMap((mail) => {
    const shown = last.get(mail.id);
    if (shown === undefined) return [mail];
    return shown === null || !belongsTo(shown, list) ? [] : [{ ...shown, thread: mail.thread }];
  });
  return { ...page, mails };
}

export const pendingChanges = new Pending();
