import { MailError } from '../../common/errors.ts';
import type { Clock } from '../../common/time.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import type { Listed } from '../pop3/listing.ts';
import { isContentKey } from './ledger/ledger-key.ts';
import * as ledgerStore from './ledger/ledger-store.ts';
import type { LedgerEntry } from './ledger/ledger-store.ts';
import { saveListing, type MaildropListing } from './ledger/maildrop-store.ts';
import { addFormer, planSession, type Plan } from './plan.ts';
import type { Destination } from './store-batch.ts';

/** A maildrop without UIDLs is retrieved whole at each poll: beyond this that would be no service to anybody. */
const MOST_WITHOUT_UIDL = 64 << 20;

/** A plan, what was known before it, and where the count begins that people see. */
export interface OpenedPlan {
  plan: Plan;
  ledger: LedgerEntry[];
  before: { listed: number; ledger: LedgerEntry[]; importing: boolean };
  progress: { done: number; total: number };
  /** What the listing said is noted: it has to be before anything is stored, and RETR need not wait for it. A failure is told to whoever waits. */
  noted: Promise<void>;
}

/** Decides what the session does, and begins to note what the listing said. Idle polls write nothing. MailError `protocol` reason `no-uidl`. */
export async function openPlan(
  core: { db: Database; clock: Clock },
  job: { to: Pick<Destination, 'maildrop' | 'account'>; keep: string },
  messages: readonly Listed[],
  known: { ledger: LedgerEntry[]; last: MaildropListing | null; distrust: boolean },
): Promise<OpenedPlan> {
  const { db, clock } = core;
  const { to, keep } = job;
  const { ledger, last, distrust } = known;
  const plan = planSession(messages, ledger, { keep, now: clock.now() }, distrust);
  if (plan.fetch.length > 0) {
    addFormer(plan, await ledgerStore.readFormerLedger(db.read, to.account, to.maildrop));
  }
  const listing = describeListing(messages, plan, last, ledger.length === 0);
  const unknownAccount = ledger.some(({ account }) => account === null);
  const changed = plan.forget.length + plan.unlisted.length > 0 || unknownAccount || differs(last, listing);
  const note = async (tx: Writer): Promise<void> => {
    await ledgerStore.forgetEntries(tx, to.maildrop, plan.forget);
    await ledgerStore.markListed(tx, to.maildrop, plan.unlisted, false);
    if (unknownAccount) await ledgerStore.fillAccount(tx, to.maildrop, to.account);
    await saveListing(tx, to.maildrop, listing);
  };
  const noted = changed ? db.write(note) : Promise.resolve();
  noted.catch(() => undefined);
  const nameless = plan.fetch.reduce((sum, { key, listed }) => sum + (key === null ? listed.size : 0), 0);
  if (nameless > MOST_WITHOUT_UIDL && keep !== 'delete') {
    await noted;
    throw new MailError('protocol', 'the server tells no UIDLs', { reason: 'no-uidl', temporary: false });
  }
  const importing = listing.importing === 1;
  const done = importing ? messages.length - plan.fetch.length : 0;
  return {
    plan,
    ledger,
    before: { listed: last?.messages ?? 0, ledger, importing },
    progress: { done, total: done + plan.fetch.length },
    noted,
  };
}

/** A first import begins with an empty ledger and lasts until a session has brought everything, over restarts. */
function describeListing(
  messages: readonly Listed[],
  plan: Plan,
  last: MaildropListing | null,
  empty: boolean,
): MaildropListing {
  const importing = last === null ? empty : last.importing === 1;
  return {
    messages: messages.length,
    bytes: messages.reduce((sum, { size }) => sum + size, 0),
    waiting: plan.fetch.length,
    waiting_bytes: plan.fetch.reduce((sum, { listed }) => sum + listed.size, 0),
    importing: importing && plan.fetch.length > 0 ? 1 : 0,
  };
}

function differs(last: MaildropListing | null, now: MaildropListing): boolean {
  return (
    last === null || (Object.keys(now) as (keyof MaildropListing)[]).some((key) => last[key] !== now[key])
  );
}

/** After all messages without UIDL were seen: which keys made of bytes are there still. */
export async function saveSeen(
  db: Database,
  maildrop: string,
  ledger: readonly LedgerEntry[],
  seen: ReadonlyMap<string, number>,
): Promise<void> {
  const byContent = ledger.filter(({ uidl }) => isContentKey(uidl));
  const isThere = ({ uidl }: LedgerEntry): boolean => {
    const [, digest = '', nth = ''] = uidl.split(' ');
    return Number(nth) <= (seen.get(digest) ?? 0);
  };
  const returned = byContent.filter((entry) => entry.listed === 0 && isThere(entry));
  const missing = byContent.filter((entry) => entry.listed === 1 && !isThere(entry));
  if (returned.length + missing.length === 0) return;
  await db.write(async (tx) => {
    await ledgerStore.markListed(tx, maildrop, listUidls(returned), true);
    await ledgerStore.markListed(tx, maildrop, listUidls(missing), false);
  });
}

function listUidls(entries: readonly LedgerEntry[]): string[] {
  return entries.map(({ uidl }) => uidl);
}
