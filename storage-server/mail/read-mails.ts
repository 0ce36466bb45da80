import type { MailRow } from '../../common/shapes/mail.ts';
import type { MailboxRole } from '../../common/shapes/mailbox.ts';
import type { MailCore } from './mail-core.ts';
import { type RowRecord, toMailRow } from './mail-record.ts';
import type { MailChanges } from './mails.ts';
import { readDeliveries } from './delivery-store.ts';
import * as store from './mail-store.ts';

/** More changes than this are cheaper to read afresh. */
const MOST_CHANGES = 2000;

export async function readMailRows(core: MailCore, user: string, ids: readonly string[]): Promise<MailRow[]> {
  const numbers = ids.map((id) => core.ids.read(user, id));
  const records = new Map(
    (await store.findMails(core.db.read, user, numbers)).map((record) => [record.id, record]),
  );
  const found = numbers.map((number) => records.get(number)).filter((record) => record !== undefined);
  return await toRows(core, user, found);
}

/** What changed since `since`. The modseq is read first: what is committed meanwhile is told twice, never left out. */
export async function readMailChanges(core: MailCore, user: string, since: number): Promise<MailChanges> {
  const { modseq, forgotten } = await store.readCounter(core.db.read, user);
  const mailboxes = await core.mailboxes.list(user);
  const afresh: MailChanges = { modseq, mails: [], removed: [], mailboxes, complete: false };
  // A client that knows more than the store meets a store that was restored from a backup.
  if (since < forgotten || since > modseq) return afresh;
  const records = await store.readChanged(core.db.read, user, since, MOST_CHANGES + 1);
  const removed = await store.readTombstones(core.db.read, user, since, MOST_CHANGES + 1);
  if (records.length + removed.length > MOST_CHANGES) return afresh;
  return {
    modseq,
    mails: await toRows(core, user, records),
    removed: removed.map((number) => core.ids.mail(user, number)),
    mailboxes,
    complete: true,
  };
}

export async function readRoles(core: MailCore, user: string): Promise<Map<string, MailboxRole | null>> {
  const { mailboxes } = await core.home.readProfile(user);
  return new Map(mailboxes.map(({ id, role }) => [id, role]));
}

export async function toRows(
  core: MailCore,
  user: string,
  records: readonly RowRecord[],
): Promise<MailRow[]> {
  const roles = await readRoles(core, user);
  const rows = records.map((record) => toMailRow(user, record, core.ids, roles));
  const sent = rows.filter(({ role }) => role === 'sent').map(({ id }) => id);
  const deliveries = await readDeliveries(core.db.read, user, sent, core.clock.now());
  return rows.map((row) => {
    const delivery = deliveries.get(row.id);
    return delivery === undefined ? row : { ...row, delivery };
  });
}
