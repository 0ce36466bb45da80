import { MailError } from '../../../common/errors.ts';
import { identifyMaildrop } from '../../../common/maildrop.ts';
import type { Account } from '../../../common/shapes/account.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import type { RetentionPreview } from '../../../common/shapes/retention.ts';
import type { Millis } from '../../../common/time.ts';
import { readAnswer } from '../../../server-kit/service-client.ts';
import type { StorageCore } from '../../context.ts';
import { nameLedger } from '../ledger/ledger-key.ts';
import { readLedger, type LedgerEntry } from '../ledger/ledger-store.ts';
import { readListing, type MaildropListing } from '../ledger/maildrop-store.ts';
import { isDue } from './retention-rule.ts';

const EXAMPLES = 5;
/** A first import came at one time: among so many of it the newest are looked for. */
const LOOKED_AT = 500;

export type PreviewCore = Pick<StorageCore, 'clock' | 'db' | 'key' | 'mails' | 'profile'>;

/** From the ledger and the last listing: nobody connects anywhere for it. MailError `not-found` for a foreign account, `not-yet` before the first listing. */
export async function previewRetention(
  core: PreviewCore,
  wanted: { user: string; account: string; keep: string },
): Promise<RetentionPreview> {
  const { user, account, keep } = wanted;
  const { pop3 } = await demandAccount(core, user, account);
  const maildrop = nameLedger(user, pop3);
  const ledger = await readLedger(core.db.read, maildrop);
  const listing = await readListing(core.db.read, maildrop);
  if (keep === 'delete' && listing === null) {
    throw new MailError('not-yet', 'the maildrop was never listed', { reason: 'retention-unlisted' });
  }
  const going = listGoing(ledger, keep, core.clock.now());
  const { count, bytes } = sumGoing(going, listing, keep);
  return {
    account,
    keep,
    count,
    bytes,
    examples: await findExamples(core, user, going),
    confirmation: await core.key.signRetentionConfirmation({
      user,
      account,
      keep,
      maildrop: identifyMaildrop(pop3),
      count,
    }),
  };
}

/** What is there as far as we know and would be deleted, newest first. */
export function listGoing(ledger: readonly LedgerEntry[], keep: string, now: Millis): LedgerEntry[] {
  return ledger
    .filter((entry) => entry.listed === 1 && entry.state !== 'deleted' && isDue(keep, entry, now))
    .sort((a, b) => b.first_seen - a.first_seen);
}

/** With `delete` also what is not here yet goes as soon as it is. */
export function sumGoing(
  going: readonly LedgerEntry[],
  listing: MaildropListing | null,
  keep: string,
): { count: number; bytes: number } {
  const known = going.reduce((sum, { size }) => sum + size, 0);
  if (keep !== 'delete' || listing === null) return { count: going.length, bytes: known };
  return { count: going.length + listing.waiting, bytes: known + listing.waiting_bytes };
}

/** What the user removed for ever has no row any more to be recognised by. */
async function findExamples(
  core: Pick<PreviewCore, 'mails'>,
  user: string,
  going: readonly LedgerEntry[],
): Promise<RetentionPreview['examples']> {
  const there = going.filter(({ removed_at }) => removed_at === null);
  const ids = [...new Set(there.slice(0, LOOKED_AT).map(({ mail }) => mail))];
  const rows = await core.mails.readRows(user, ids);
  return rows
    .sort((a, b) => b.date.localeCompare(a.date))
    .slice(0, EXAMPLES)
    .map(toExample);
}

function toExample({ id, subject, from, date }: MailRow): RetentionPreview['examples'][number] {
  const sender = from[0];
  return { id, subject, from: sender?.name ?? sender?.address ?? '', date };
}

/** Asked afresh: the settings may have changed a moment ago. */
async function demandAccount(
  core: Pick<PreviewCore, 'profile'>,
  user: string,
  account: string,
): Promise<Account> {
  const { items } = await readAnswer(core.profile.profile.read.query({ user, parts: ['accounts'] }));
  const value = items.find(({ id }) => id === account)?.value as Account | null | undefined;
  if (value === undefined || value === null) {
    throw new MailError('not-found', 'no such account', { reason: 'no-account', params: { account } });
  }
  return value;
}
