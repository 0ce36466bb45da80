import { MailError } from '../../common/errors.ts';
import type { Clock } from '../../common/time.ts';
import { reach } from '../../server-kit/crash-point.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Filing } from '../filing/filing.ts';
import type { Mails } from '../mail/mails.ts';
import { releaseSource, sizeOf } from '../pop3/message-sink.ts';
import type { Retrieved } from '../pop3/retrieve.ts';
import type { Pop3Session } from '../pop3/session.ts';
import { BatchCollector } from './collect-batches.ts';
import { digestListing, makeContentKey } from './ledger/ledger-key.ts';
import { readLedger, type LedgerEntry } from './ledger/ledger-store.ts';
import { endWaiting, readListing, settleListing } from './ledger/maildrop-store.ts';
import { expectMore } from './more-listed.ts';
import { openPlan, saveSeen, type OpenedPlan } from './open-plan.ts';
import type { Removal, Wanted } from './plan.ts';
import { mustDistrust } from './probe.ts';
import { removeAndQuit, verifyEntries } from './retention/remove-messages.ts';
import { isDue } from './retention/retention-rule.ts';
import { BatchStore, type Destination, type Fetched } from './store-batch.ts';

export interface MaildropJob {
  session: Pop3Session;
  to: Destination;
  /** Retention contract of the account. */
  keep: string;
  /** The provider is known to list so many at most in one session; null: nothing is known. */
  listsAtMost: number | null;
  /** In a first import `total` is everything there and `done` what is here; later only what is new counts. */
  onProgress(done: number, total: number): void;
}

/** `error` says why the session ended early, or which trouble a single message made; what is counted is durable all the same. */
export interface MaildropResult {
  added: number;
  bytes: number;
  messages: number;
  /** The server seems to list only some at a time: the next ones come in another session. */
  more: boolean;
  error: MailError | null;
}

export interface RetrievalCore {
  db: Database;
  mails: Pick<Mails, 'ingestMails' | 'openRaw' | 'replaceMail' | 'takeWhatFits' | 'verify'>;
  clock: Clock;
  /** Absent: no rules are applied. */
  filing?: Filing;
}

/** One session from the listing to QUIT: everything new is stored durably, then, and only then, the contract deletes. */
export class MaildropRetrieval {
  readonly #core: RetrievalCore;
  readonly #job: MaildropJob;
  readonly #result: MaildropResult = { added: 0, bytes: 0, messages: 0, more: false, error: null };
  readonly #removals: Removal[] = [];
  readonly #seenContent = new Map<string, number>();
  readonly #collector = new BatchCollector<Fetched>(async (batch) => await this.#storeBatch(batch));
  #ledger = new Map<string, LedgerEntry>();
  #store: BatchStore | null = null;
  #total = 0;
  #done = 0;
  #stored = 0;
  #lost = 0;

  constructor(core: RetrievalCore, job: MaildropJob) {
    this.#core = core;
    this.#job = job;
  }

  async run(): Promise<MaildropResult> {
    const { session, to, keep, listsAtMost } = this.#job;
    try {
      const { messages } = await session.list();
      reach('listed');
      this.#result.messages = messages.length;
      const last = await readListing(this.#core.db.read, to.maildrop);
      const digest = digestListing(messages);
      // Nothing has changed since all was settled, and this contract never deletes: most polls end here.
      if (keep === 'always' && digest !== null && last?.digest === digest) {
        this.#job.onProgress(0, 0);
        await session.quit().catch(() => undefined);
        return this.#result;
      }
      const ledger = await readLedger(this.#core.db.read, to.maildrop);
      const distrust = await mustDistrust(this.#core, session, to, { messages, ledger });
      const opened = await openPlan(this.#core, this.#job, messages, { ledger, last, distrust });
      this.#total = opened.progress.total;
      this.#done = opened.progress.done;
      this.#job.onProgress(this.#done, this.#total);
      for (const removal of opened.plan.remove) this.#removals.push(removal);
      await this.#fetchAll(opened);
      await this.#settle(digest, last?.digest ?? null);
      this.#lost += await removeAndQuit(this.#core, session, to, this.#removals);
      const brought = { stored: this.#stored, added: this.#result.added };
      this.#result.more = expectMore(messages, opened.before, brought, listsAtMost);
      if (this.#lost > 0) this.#note(cannotReadBack(this.#lost));
    } catch (error) {
      this.#note(error);
    } finally {
      session.close();
      await this.#collector.settle();
    }
    return this.#result;
  }

  async #fetchAll({ plan, ledger, before, noted }: OpenedPlan): Promise<void> {
    const { db } = this.#core;
    const { session, to } = this.#job;
    this.#ledger = new Map(ledger.map((entry) => [entry.uidl, entry]));
    this.#store = new BatchStore(this.#core, to, plan, { importing: before.importing, noted });
    const sizeOfWanted = ({ listed }: Wanted): number => listed.size;
    let full: MailError | null = null;
    try {
      const fits = await this.#core.mails.takeWhatFits(to.user, plan.fetch, sizeOfWanted);
      full = fits.full;
      const wanted = new Map(fits.fitting.map((one) => [one.listed, one]));
      let left = fits.fitting.reduce((sum, one) => sum + sizeOfWanted(one), 0);
      for await (const retrieved of session.retrieve([...wanted.keys()])) {
        reach('retrieved');
        left -= retrieved.listed.size;
        const fetched = await this.#take(retrieved, wanted.get(retrieved.listed)!);
        if (fetched !== null) await this.#collector.add(fetched, sizeOf(fetched.source), left);
      }
    } finally {
      // Also after a drop: what came in whole is worth keeping.
      await this.#collector.finish();
      await noted;
    }
    // The rest waits where it is, and nothing there is deleted.
    if (full !== null) throw full;
    if (plan.nameless) await saveSeen(db, to.maildrop, ledger, this.#seenContent);
    if (plan.fetch.length > 0 || before.importing) {
      await db.write(async (tx) => await endWaiting(tx, to.maildrop));
    }
  }

  /** Before anything is deleted, which unsettles it again. */
  async #settle(digest: string | null, before: string | null): Promise<void> {
    const trouble = this.#result.error !== null || this.#lost > 0;
    if (digest === null || digest === before || trouble) return;
    await this.#core.db.write(async (tx) => await settleListing(tx, this.#job.to.maildrop, digest));
  }

  /** Null when there is nothing to store: refused, too large, or by its bytes known already. */
  async #take({ listed, source, error }: Retrieved, { key, known }: Wanted): Promise<Fetched | null> {
    if (error !== null) {
      this.#note(error);
      return null;
    }
    const { number, size } = listed;
    if (key !== null) return { number, size, key, known, source };
    const contentKey = await makeContentKey(source, this.#seenContent);
    const entry = this.#ledger.get(contentKey) ?? null;
    if (entry === null || entry.state === 'deleted' || entry.state === 'lost') {
      return { number, size, key: contentKey, known: entry, source };
    }
    await releaseSource(source);
    if (isDue(this.#job.keep, entry, this.#core.clock.now())) {
      this.#removals.push({ number, entry, verified: false });
    }
    return null;
  }

  async #storeBatch(batch: Fetched[]): Promise<void> {
    const { keep, to } = this.#job;
    const { added, entries } = await this.#store!.store(batch);
    reach('committed');
    this.#result.added += added;
    this.#result.bytes += batch.reduce((sum, { source }) => sum + sizeOf(source), 0);
    this.#stored += batch.length;
    this.#done += batch.length;
    this.#job.onProgress(this.#done, this.#total);
    const due = entries.filter((entry) => isDue(keep, entry, this.#core.clock.now()));
    if (due.length === 0) return;
    const { verified, lost } = await verifyEntries(this.#core, to, due);
    this.#lost += lost;
    for (const [index, entry] of entries.entries()) {
      if (due.includes(entry) && verified.has(entry.uidl)) {
        this.#removals.push({ number: batch[index]!.number, entry, verified: true });
      }
    }
  }

  /** The first trouble is the one told. */
  #note(error: unknown): void {
    this.#result.error ??=
      error instanceof MailError ? error : new MailError('internal', 'retrieval failed', { cause: error });
  }
}

function cannotReadBack(count: number): MailError {
  return new MailError('internal', `${count} stored messages cannot be read back`, {
    reason: 'not-verified',
    params: { count },
  });
}
