import { rm } from 'node:fs/promises';
import { MailError } from '../../common/errors.ts';
import type { Clock } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Ingest } from '../mail/ingest.ts';
import type { Listing } from '../pop3/listing.ts';
import { sizeOf } from '../pop3/message-sink.ts';
import type { Retrieved } from '../pop3/retrieve.ts';
import type { Pop3Session } from '../pop3/session.ts';
import { makeContentKey } from './ledger-key.ts';
import { forgetEntries, markEntries, readLedger, type LedgerEntry } from './ledger-store.ts';
import { isDue, planSession, type Plan, type Wanted } from './plan.ts';
import { BatchStore, type Destination, type Fetched } from './store-batch.ts';

/** A transaction and its sync cost about the same for one mail as for many; what is not committed is retrieved again. */
const BATCH_MESSAGES = 200;
const BATCH_BYTES = 8 << 20;
/** One batch is hashed and compressed while another is committed. */
const BATCHES_AT_ONCE = 2;
/** A maildrop without UIDLs is retrieved whole at each poll: beyond this that would be no service to anybody. */
const MOST_WITHOUT_UIDL = 64 << 20;

export interface MaildropJob {
  session: Pop3Session;
  to: Destination;
  /** Retention contract of the account. */
  keep: string;
  onListed(total: number): void;
  onStored(done: number, total: number): void;
}

/** `error` says why the session ended early, or which trouble a single message made; what is counted is durable all the same. */
export interface MaildropResult {
  added: number;
  bytes: number;
  messages: number;
  error: MailError | null;
}

/** One session from the listing to QUIT: everything new is stored durably, then, and only then, the contract deletes. */
export class MaildropRetrieval {
  readonly #core: { db: Database; mails: Ingest; clock: Clock };
  readonly #job: MaildropJob;
  readonly #result: MaildropResult = { added: 0, bytes: 0, messages: 0, error: null };
  readonly #ledger = new Map<string, LedgerEntry>();
  readonly #removals: { number: number; key: string }[] = [];
  readonly #seenContent = new Map<string, number>();
  readonly #storing: Promise<void>[] = [];
  #store: BatchStore | null = null;
  #total = 0;
  #done = 0;

  constructor(core: { db: Database; mails: Ingest; clock: Clock }, job: MaildropJob) {
    this.#core = core;
    this.#job = job;
  }

  async run(): Promise<MaildropResult> {
    const { session } = this.#job;
    try {
      const listing = await session.list();
      const plan = await this.#plan(listing);
      this.#removals.push(...plan.remove);
      await this.#fetchAll(plan);
      await this.#removeAndQuit();
    } catch (error) {
      this.#note(error);
    } finally {
      session.close();
      await Promise.allSettled(this.#storing);
    }
    return this.#result;
  }

  async #plan(listing: Listing): Promise<Plan> {
    const { db, clock } = this.#core;
    const { keep, to } = this.#job;
    const ledger = await readLedger(db.read, to.maildrop);
    for (const entry of ledger) this.#ledger.set(entry.uidl, entry);
    const plan = planSession(listing.messages, ledger, keep, clock.now());
    if (plan.forget.length > 0) {
      await db.write(async (tx) => await forgetEntries(tx, to.maildrop, plan.forget));
    }
    this.#result.messages = listing.messages.length;
    this.#total = plan.fetch.length;
    const nameless = plan.fetch.reduce((sum, { key, listed }) => sum + (key === null ? listed.size : 0), 0);
    if (nameless > MOST_WITHOUT_UIDL && keep !== 'delete') {
      throw new MailError('protocol', 'the server tells no UIDLs', { reason: 'no-uidl', temporary: false });
    }
    this.#job.onListed(this.#total);
    return plan;
  }

  async #fetchAll(plan: Plan): Promise<void> {
    this.#store = new BatchStore(this.#core.mails, this.#job.to, plan);
    const wanted = new Map(plan.fetch.map((one) => [one.listed, one]));
    let batch: Fetched[] = [];
    let bytes = 0;
    try {
      for await (const retrieved of this.#job.session.retrieve([...wanted.keys()])) {
        const fetched = await this.#take(retrieved, wanted.get(retrieved.listed)!);
        if (fetched === null) continue;
        batch.push(fetched);
        bytes += sizeOf(fetched.source);
        if (batch.length >= BATCH_MESSAGES || bytes >= BATCH_BYTES) {
          const full = batch;
          batch = [];
          bytes = 0;
          await this.#beginStoring(full);
        }
      }
    } finally {
      // Also after a drop: what came in whole is worth keeping.
      if (batch.length > 0) await this.#beginStoring(batch);
      await Promise.all(this.#storing);
    }
  }

  /** Null when there is nothing to store: refused, too large, or by its bytes known already. */
  async #take({ listed, source, error }: Retrieved, { key, known }: Wanted): Promise<Fetched | null> {
    if (error !== null) {
      this.#note(error);
      return null;
    }
    if (key !== null) return { number: listed.number, size: listed.size, key, known, source };
    const contentKey = await makeContentKey(source, this.#seenContent);
    const entry = this.#ledger.get(contentKey) ?? null;
    if (entry === null || entry.state === 'deleted') {
      return { number: listed.number, size: listed.size, key: contentKey, known: entry, source };
    }
    if (!Buffer.isBuffer(source)) await rm(source.path, { force: true });
    if (isDue(this.#job.keep, entry, this.#core.clock.now())) {
      this.#removals.push({ number: listed.number, key: contentKey });
    }
    return null;
  }

  async #beginStoring(batch: Fetched[]): Promise<void> {
    while (this.#storing.length >= BATCHES_AT_ONCE) await this.#storing.shift();
    const storing = this.#storeBatch(batch);
    storing.catch(() => undefined);
    this.#storing.push(storing);
  }

  async #storeBatch(batch: Fetched[]): Promise<void> {
    const { added, entries } = await this.#store!.store(batch);
    this.#result.added += added;
    for (const [index, { number, source }] of batch.entries()) {
      const entry = entries[index]!;
      this.#result.bytes += sizeOf(source);
      if (isDue(this.#job.keep, entry, this.#core.clock.now()))
        this.#removals.push({ number, key: entry.uidl });
    }
    this.#done += batch.length;
    this.#job.onStored(this.#done, this.#total);
  }

  /** Before the first DELE leaves, the ledger says so: an entry of which that is not known could be taken for a renumbered message later. */
  async #removeAndQuit(): Promise<void> {
    const { session, to } = this.#job;
    const { db } = this.#core;
    if (this.#removals.length === 0) return await session.quit().catch(() => undefined);
    const mark = async (some: { key: string }[], state: 'deleting' | 'deleted'): Promise<void> => {
      const keys = some.map(({ key }) => key);
      await db.write(async (tx) => await markEntries(tx, to.maildrop, keys, state));
    };
    await mark(this.#removals, 'deleting');
    const refused = new Set(await session.delete(this.#removals.map(({ number }) => number)));
    await session.quit();
    await mark(
      this.#removals.filter(({ number }) => !refused.has(number)),
      'deleted',
    );
  }

  /** The first trouble is the one told. */
  #note(error: unknown): void {
    this.#result.error ??=
      error instanceof MailError ? error : new MailError('internal', 'retrieval failed', { cause: error });
  }
}
