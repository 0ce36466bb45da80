import { MailError } from '../../common/errors.ts';
import type { Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { reach } from '../../server-kit/crash-point.ts';
import type { StorageCore } from '../context.ts';
import type { IncomingMail, IngestedMail } from '../mail/ingest/ingest.ts';
import type { ArchivedUidl } from './archive/archive-shapes.ts';
import type { Finding, FoundMail, Skipped } from './found-mail.ts';
import { findHolders } from './import-store.ts';
import { ImportTargets, matchAccounts } from './import-targets.ts';
import { ImportThreads } from './import-threads.ts';
import { dropMessage, sizeOfMessage } from './message-spool.ts';
import { putBack } from './put-back.ts';
import { restoreDetails, saveUidls, type ImportNames } from './restore-details.ts';
import { SeenCounter } from './seen-counter.ts';

export type ImportCore = Pick<StorageCore, 'db' | 'blobs' | 'mails' | 'home' | 'ids' | 'clock' | 'random'>;

export interface ImportOptions {
  /** Id of the mailbox where everything goes; null: where each mail says. */
  mailbox: string | null;
  /** What is here already gets mailbox, flags and labels as in the archive too. */
  replace: boolean;
}

/** `there` counts mails that were here already. Of what was skipped the first ones are named, all are counted. */
export interface ImportResult {
  mails: number;
  bytes: number;
  there: number;
  skipped: Skipped[];
  skippedCount: number;
}

const BATCH_MAILS = 200;
const BATCH_BYTES = 16 << 20;
const MOST_NAMED = 1000;

/**
 * Stores what a reader finds. A mail is known by its bytes: the n-th with the same bytes in one import is the n-th that
 * the user has, so that twins stay two and an import that is repeated, or was killed, adds nothing twice.
 */
export async function runImport(
  core: ImportCore,
  user: string,
  findings: AsyncIterable<Finding>,
  options: ImportOptions,
): Promise<ImportResult> {
  const { mailboxes } = await core.home.readProfile(user);
  const importer = new Importer(core, user, new ImportTargets(mailboxes, options.mailbox), options.replace);
  try {
    for await (const finding of findings) await importer.take(finding);
    await importer.store();
  } catch (error) {
    // A file that ends too early or is damaged from here on: what came before is kept.
    if (error instanceof MailError && error.code === 'invalid') await importer.store();
    throw error;
  } finally {
    await importer.drop();
  }
  return importer.result;
}

interface Known {
  mail: FoundMail;
  id: string;
}

class Importer {
  readonly result: ImportResult = { mails: 0, bytes: 0, there: 0, skipped: [], skippedCount: 0 };
  readonly #core: ImportCore;
  readonly #user: string;
  readonly #targets: ImportTargets;
  readonly #replace: boolean;
  readonly #seen = new SeenCounter();
  readonly #threads = new ImportThreads();
  readonly #names: ImportNames = { accounts: new Map() };
  #batch: FoundMail[] = [];
  #bytes = 0;

  constructor(core: ImportCore, user: string, targets: ImportTargets, replace: boolean) {
    this.#core = core;
    this.#user = user;
    this.#targets = targets;
    this.#replace = replace;
  }

  async take(finding: Finding): Promise<void> {
    if ('skipped' in finding) {
      this.result.skippedCount += 1;
      if (this.result.skipped.length < MOST_NAMED) this.result.skipped.push(finding.skipped);
    } else if ('accounts' in finding) {
      this.#names.accounts = await matchAccounts(this.#core.home, this.#user, finding.accounts);
    } else if ('uidls' in finding) {
      await this.store();
      await this.#storeUidls(finding.uidls);
    } else {
      this.#batch.push(finding);
      this.#bytes += sizeOfMessage(finding.source);
      if (this.#batch.length >= BATCH_MAILS || this.#bytes >= BATCH_BYTES) await this.store();
    }
  }

  /** What was collected, in one transaction. */
  async store(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    const counted = new Map<FoundMail, number>();
    const incoming = batch.map((mail) => this.#makeIncoming(mail, counted));
    const attachments = await this.#putAttachments(batch);
    const ingested = await this.#core.mails.ingestMails(this.#user, incoming, async (tx, mails) => {
      const added = batch.filter((_mail, index) => mails[index]!.added);
      // Of what is here already nothing more is held.
      const bytes = added.reduce((sum, { source }) => sum + sizeOfMessage(source), 0);
      await this.#core.mails.demandRoom(this.#user, bytes);
      for (const [index, mail] of batch.entries()) await this.#restore(tx, mail, mails[index]!, attachments);
      reach('import-before-commit');
    });
    reach('import-committed');
    this.#threads.settle();
    const known: Known[] = [];
    for (const [index, mail] of batch.entries()) {
      const { added, mailId } = ingested[index]!;
      if (added) {
        this.result.mails += 1;
        this.result.bytes += sizeOfMessage(mail.source);
      } else known.push({ mail, id: mailId });
    }
    this.result.there += known.length;
    if (this.#replace) await this.#putBack(known);
    await this.drop();
  }

  /** Gives up what was not stored. */
  async drop(): Promise<void> {
    for (const { source, archived } of this.#batch.splice(0)) {
      await dropMessage(source);
      for (const other of archived?.others ?? []) await dropMessage(other.source);
      for (const attachment of archived?.attachments ?? []) await dropMessage(attachment);
    }
    this.#bytes = 0;
  }

  #makeIncoming(mail: FoundMail, counted: Map<FoundMail, number>): IncomingMail {
    const { archived, place, source } = mail;
    const account = archived?.mail.accounts[0] ?? null;
    const received: Millis = place.received ?? this.#core.clock.now();
    return {
      account: this.#nameAccount(account),
      mailbox: this.#targets.find(place.mailbox),
      source,
      received,
      flags: place.flags,
      labels: place.labels,
      sendKey: archived?.mail.sent?.sendKey ?? null,
      imported: {
        findKnown: async (tx, bytes) => {
          // Once for each mail, however often the transaction is begun.
          const nth = counted.get(mail) ?? this.#seen.add(bytes);
          counted.set(mail, nth);
          const known = (await findHolders(tx, this.#user, bytes))[nth - 1];
          if (known === undefined) return null;
          this.#threads.learn(mail, known.thread);
          return this.#core.ids.mail(this.#user, known.id);
        },
        chooseThread: (found, own) => this.#threads.choose(mail, found, own),
        date: archived === null ? null : Date.parse(archived.mail.date),
        others: (archived?.others ?? []).map((other) => ({
          account: this.#nameAccount(other.account) ?? '',
          source: other.source,
        })),
      },
    };
  }

  #nameAccount(account: string | null): string | null {
    return account === null ? null : (this.#names.accounts.get(account) ?? account);
  }

  async #putAttachments(batch: readonly FoundMail[]): Promise<Map<FoundMail, string[]>> {
    const put = new Map<FoundMail, string[]>();
    for (const mail of batch) {
      const sources = mail.archived?.attachments ?? [];
      if (sources.length === 0) continue;
      put.set(
        mail,
        (await this.#core.blobs.put(sources)).map(({ id }) => id),
      );
    }
    return put;
  }

  async #restore(
    tx: Writer,
    mail: FoundMail,
    ingested: IngestedMail,
    attachments: ReadonlyMap<FoundMail, string[]>,
  ): Promise<void> {
    const { archived } = mail;
    if (archived === null) return;
    if (ingested.added) {
      const blobs = attachments.get(mail) ?? [];
      await restoreDetails(this.#core, tx, this.#user, { archived, id: ingested.mailId, blobs });
    }
    await saveUidls(tx, this.#user, ingested.mailId, archived.mail.uidls, this.#names);
  }

  async #storeUidls(uidls: readonly ArchivedUidl[]): Promise<void> {
    // The mail is gone: no row will ever have that number.
    const gone = this.#core.ids.mail(this.#user, 0);
    for (let at = 0; at < uidls.length; at += 500) {
      const some = uidls.slice(at, at + 500);
      await this.#core.db.write(async (tx) => await saveUidls(tx, this.#user, gone, some, this.#names));
    }
  }

  async #putBack(known: readonly Known[]): Promise<void> {
    const wanted = known.map(({ mail, id }) => {
      const { mailbox, flags, labels } = mail.place;
      return { id: this.#core.ids.read(this.#user, id), mailbox: this.#targets.find(mailbox), flags, labels };
    });
    await putBack(this.#core, this.#user, wanted);
  }
}
