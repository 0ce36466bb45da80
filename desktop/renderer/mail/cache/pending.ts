import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { Change } from './patch-lists.ts';

/** What this client is doing to a mail: `shown` is the mail as the person sees it; null: gone. */
interface Doing {
  id: string;
  shown: MailRow | null;
}

/** Mails with changes of this client under way, the last of each being what is shown. */
class Pending {
  #changes: Doing[] = [];
  /** What was under way at any moment of a reading. */
  readonly #readings = new Set<Doing[]>();
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

  /**
   * Called as something begins to be read. What it returns, called once with the answer, is what the person did to mails
   * meanwhile or was doing before: the answer may be older.
   */
  beginReading(): () => Change {
    const reading = [...this.#changes];
    this.#readings.add(reading);
    return () => {
      this.#readings.delete(reading);
      const last = new Map(reading.map(({ id, shown }) => [id, shown]));
      return {
        mails: [...last.values()].filter((row) => row !== null),
        removed: [...last].filter(([, row]) => row === null).map(([id]) => id),
      };
    };
  }
}

function remove(changes: Doing[], own: readonly Doing[]): void {
  for (const one of own) {
    const at = changes.indexOf(one);
    if (at !== -1) changes.splice(at, 1);
  }
}

export const pendingChanges = new Pending();
