import type { Millis } from '../../common/time.ts';
import { reach } from '../../server-kit/crash-point.ts';
import type { Filing } from '../filing/filing.ts';
import type { Ingest, IncomingMail } from '../mail/ingest/ingest.ts';
import { releaseSource, type Source } from '../pop3/message-sink.ts';
import { Adoption } from './ledger/adoption.ts';
import { forgetEntry, saveEntries, type LedgerEntry } from './ledger/ledger-store.ts';
import { lessenWaiting } from './ledger/maildrop-store.ts';
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
  /** The user wants the same mail through two accounts as two rows. */
  apart: boolean;
}

/** What the store is made of; without `filing` no rules are applied. */
export interface BatchCore {
  mails: Ingest;
  filing?: Filing;
}

export interface StoredBatch {
  /** Rows added. */
  added: number;
  entries: LedgerEntry[];
}

/** Keeps retrieved messages: one transaction holds mails and ledger, and it is synced when this resolves. */
export class BatchStore {
  readonly #core: BatchCore;
  readonly #to: Destination;
  readonly #importing: boolean;
  readonly #noted: Promise<void>;
  readonly #adoption: Adoption;
  #position = 0;

  /** `importing`: the messages belong to a first import. `noted`: nothing is stored before (open-plan.ts). */
  constructor(
    core: BatchCore,
    to: Destination,
    plan: Plan,
    { importing, noted }: { importing: boolean; noted: Promise<void> },
  ) {
    this.#core = core;
    this.#to = to;
    this.#importing = importing;
    this.#noted = noted;
    this.#adoption = new Adoption(to.account, plan);
  }

  /** MailError `disk-full`: nothing of the batch was kept. The messages are released whatever happens. */
  async store(batch: readonly Fetched[]): Promise<StoredBatch> {
    const { account, mailbox, received, user, maildrop, apart } = this.#to;
    const incoming = batch.map(({ source, key, known }): IncomingMail => {
      const adopt = this.#adoption.makeRule(key, known);
      return {
        account,
        mailbox,
        source,
        received: received - this.#position++,
        flags: [],
        sendKey: null,
        ...(apart ? { apart } : {}),
        ...(adopt === undefined ? {} : { adopt }),
      };
    });
    let entries: LedgerEntry[] = [];
    try {
      await this.#noted;
      const arrival = { user, account, importing: this.#importing };
      const filed = (await this.#core.filing?.file(arrival, incoming)) ?? null;
      const stored = await this.#core.mails.ingestMails(user, filed?.mails ?? incoming, async (tx, mails) => {
        const former = batch.map(({ key, known }, index) =>
          this.#adoption.findFormer(key, known, mails[index]!.mailId),
        );
        entries = batch.map((one, index) => this.#makeEntry(one, mails[index]!.mailId, former[index]!));
        await saveEntries(tx, entries);
        // What was taken over must not be taken again in a later session. Only where it still means its old mail: its UIDL may have a new one.
        for (const [index, entry] of former.entries()) {
          const moved =
            entry !== null && (entry.uidl !== entries[index]!.uidl || entry.maildrop !== maildrop);
          if (moved) await forgetEntry(tx, entry);
        }
        const bytes = batch.reduce((sum, { size }) => sum + size, 0);
        await lessenWaiting(tx, maildrop, { messages: batch.length, bytes });
        await filed?.record(tx, mails);
        reach('before-commit');
      });
      filed?.finish();
      return { added: stored.filter((mail) => mail.added).length, entries };
    } finally {
      await Promise.all(batch.map(async ({ source }) => await releaseSource(source)));
    }
  }

  #makeEntry({ key, size }: Fetched, mail: string, former: LedgerEntry | null): LedgerEntry {
    const { account, maildrop, received } = this.#to;
    const ignoredDelete =
      former?.maildrop === maildrop &&
      former.uidl === key &&
      (former.state === 'deleted' || former.state === 'stays');
    return {
      maildrop,
      uidl: key,
      mail,
      account,
      size,
      state: ignoredDelete ? 'stays' : 'kept',
      first_seen: former?.first_seen ?? received,
      listed: 1,
      removed_at: former?.removed_at ?? null,
      header: former?.header ?? null,
      body: former?.body ?? null,
    };
  }
}
