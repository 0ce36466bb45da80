import { rm } from 'node:fs/promises';
import type { Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { Ingest, IncomingMail } from '../mail/ingest.ts';
import type { Source } from '../pop3/message-sink.ts';
import { forgetEntry, saveEntries, type LedgerEntry } from './ledger-store.ts';
import type { Plan } from './plan.ts';

/** A retrieved message with its key in the ledger. */
export interface Fetched {
  number: number;
  size: number;
  key: string;
  known: LedgerEntry | null;
  source: Source;
}

/** Where the messages of one session belong. */
export interface Destination {
  user: string;
  account: string;
  maildrop: string;
  mailbox: string;
  /** When the newest message counts as received; each older one a millisecond earlier, so that the maildrop's order stays. */
  received: Millis;
}

export interface StoredBatch {
  /** Rows added. */
  added: number;
  entries: LedgerEntry[];
}

/** Keeps retrieved messages: one transaction holds mails and ledger, and it is synced when this resolves. */
export class BatchStore {
  readonly #mails: Ingest;
  readonly #to: Destination;
  readonly #plan: Plan;
  /** Which new key has taken which entry whose UIDL is gone: each is the same message as one only. */
  readonly #takers = new Map<LedgerEntry, string>();
  readonly #taken = new Map<string, LedgerEntry>();
  #position = 0;

  constructor(mails: Ingest, to: Destination, plan: Plan) {
    this.#mails = mails;
    this.#to = to;
    this.#plan = plan;
  }

  /** MailError `disk-full`: nothing of the batch was kept. Spool files are removed whatever happens. */
  async store(batch: readonly Fetched[]): Promise<StoredBatch> {
    const { account, mailbox, received, user, maildrop } = this.#to;
    const incoming = batch.map((fetched): IncomingMail => ({
      account,
      mailbox,
      source: fetched.source,
      received: received - this.#position++,
      flags: [],
      sendKey: null,
      ...this.#makeAdoption(fetched),
    }));
    let entries: LedgerEntry[] = [];
    try {
      const stored = await this.#mails.ingestMails(user, incoming, async (tx, mails) => {
        entries = batch.map((fetched, index) => this.#makeEntry(fetched, mails[index]!.mailId));
        await saveEntries(tx, maildrop, entries);
        await this.#forgetTaken(tx, batch);
      });
      return { added: stored.filter((mail) => mail.added).length, entries };
    } finally {
      await Promise.all(batch.map(async ({ source }) => await removeSpooled(source)));
    }
  }

  #makeAdoption(fetched: Fetched): Pick<IncomingMail, 'adopt'> {
    const { known, key } = fetched;
    if (known === null && this.#plan.gone.size === 0) return {};
    return {
      adopt: async (_tx, candidates) => {
        if (known !== null && candidates.includes(known.mail)) return known.mail;
        for (const mail of candidates) {
          const free = this.#plan.gone.get(mail)?.find((entry) => (this.#takers.get(entry) ?? key) === key);
          if (free === undefined) continue;
          this.#takers.set(free, key);
          this.#taken.set(key, free);
          return mail;
        }
        return null;
      },
    };
  }

  #makeEntry({ key, size, known }: Fetched, mail: string): LedgerEntry {
    const claimed = this.#taken.get(key);
    const former = known?.mail === mail ? known : claimed?.mail === mail ? claimed : null;
    const ignoredDelete = former !== null && (former.state === 'deleted' || former.state === 'stays');
    const state = ignoredDelete && former.uidl === key ? 'stays' : 'kept';
    return { uidl: key, mail, size, state, first_seen: former?.first_seen ?? this.#to.received };
  }

  /** What was taken over must not be taken again in a later session. Only where it still means its old mail: its UIDL may have a new one. */
  async #forgetTaken(tx: Writer, batch: readonly Fetched[]): Promise<void> {
    if (this.#taken.size === 0) return;
    for (const { key } of batch) {
      const former = this.#taken.get(key);
      if (former !== undefined && former.uidl !== key) {
        await forgetEntry(tx, this.#to.maildrop, former);
      }
    }
  }
}

async function removeSpooled(source: Source): Promise<void> {
  if (!Buffer.isBuffer(source)) await rm(source.path, { force: true });
}
