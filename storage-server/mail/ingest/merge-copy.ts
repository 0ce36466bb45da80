import type { Writer } from '../../../server-kit/database/database.ts';
import { findStates } from '../change/change-store.ts';
import type { MailCore } from '../mail-core.ts';
import { splitAccounts } from '../mail-record.ts';
import type { IncomingMail } from './ingest.ts';

/**
 * The row that takes a message in as what its account has of it (`copyOf`), with its accounts then; null when that row is
 * gone, or has an original of this account already: one more is a mail of its own, for no bytes are thrown away.
 */
export async function findCopied(
  core: Pick<MailCore, 'ids'>,
  tx: Writer,
  user: string,
  { copyOf, account }: IncomingMail,
  merged: ReadonlyMap<number, string>,
): Promise<{ id: number; accounts: string } | null> {
  if (copyOf === undefined || account === null) return null;
  const id = core.ids.read(user, copyOf);
  const [row] = await findStates(tx, user, [id]);
  if (row === undefined) return null;
  const accounts = splitAccounts(merged.get(id) ?? row.accounts);
  return accounts.includes(account) ? null : { id, accounts: [...accounts, account].join(',') };
}
