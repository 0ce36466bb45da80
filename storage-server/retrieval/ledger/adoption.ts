import type { Writer } from '../../../server-kit/database/database.ts';
import type { Adopt } from '../../mail/ingest/ingest.ts';
import { findRemoved, type LedgerEntry } from './ledger-store.ts';
import type { Plan, Wanted } from '../plan.ts';

/**
 * Decides which retrieved message is one that we had under another UIDL: all its bytes are the same and its old UIDL is
 * no longer listed. Each entry is taken by one message only, so that twins stay two. What the user removed for ever is
 * known by the same rule, and stays removed.
 */
export class Adoption {
  readonly #account: string;
  readonly #plan: Plan;
  /** Which key has taken which entry, and the other way round. */
  readonly #takers = new Map<string, string>();
  readonly #taken = new Map<string, LedgerEntry>();

  constructor(account: string, plan: Plan) {
    this.#account = account;
    this.#plan = plan;
  }

  /** Asked within the transaction; undefined where there is nothing that it could be. */
  makeRule(key: string, known: Wanted['known']): Adopt | undefined {
    if (known === null && this.#plan.gone.size === 0) return undefined;
    return async (tx, candidates, bytes) => {
      if (known !== null && candidates.includes(known.mail) && this.#take(known, key)) return known.mail;
      for (const mail of candidates) {
        const free = this.#plan.gone.get(mail)?.find((entry) => this.#take(entry, key));
        if (free !== undefined) return mail;
      }
      return await this.#findRemoved(tx, key, bytes);
    };
  }

  /** The entry that this key's message was known by, if `mail` is what it became. */
  findFormer(key: string, known: Wanted['known'], mail: string): LedgerEntry | null {
    const taken = this.#taken.get(key);
    if (taken?.mail === mail) return taken;
    return known?.mail === mail ? known : null;
  }

  /** The mark is read afresh: the user may have removed it since the plan was made. */
  async #findRemoved(
    tx: Writer,
    key: string,
    bytes: { header: string; body: string },
  ): Promise<string | null> {
    const removed = await findRemoved(tx, { account: this.#account, ...bytes });
    const free = removed.find(
      (entry) => (entry.uidl === key || !this.#plan.present.has(entry.uidl)) && this.#take(entry, key),
    );
    return free?.mail ?? null;
  }

  /** Again for the same key when the transaction is repeated. */
  #take(entry: LedgerEntry, key: string): boolean {
    const name = `${entry.maildrop}/${entry.uidl}`;
    const taker = this.#takers.get(name) ?? key;
    if (taker !== key) return false;
    this.#takers.set(name, key);
    this.#taken.set(key, entry);
    return true;
  }
}
