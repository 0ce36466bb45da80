import type { Database } from '../../server-kit/database/database.ts';
import type { Home } from '../home/home.ts';
import { labelKey } from '../mail/mail-record.ts';
import { readListCounters } from './counter-store.ts';
import type { ListedLabel } from './label-api.ts';

/** Those of the profile and those that mails have, by name. */
export async function listLabels(core: { db: Database; home: Home }, user: string): Promise<ListedLabel[]> {
  const [{ labels, mailboxes }, counters] = await Promise.all([
    core.home.readProfile(user),
    readListCounters(core.db.read, user, { kind: 'label' }),
  ]);
  const hidden = new Set(
    mailboxes.filter(({ role }) => role === 'trash' || role === 'junk').map(({ id }) => id),
  );
  const listed = new Map<string, ListedLabel>(
    labels.map(({ name, colour }) => [labelKey(name), { name, colour, total: 0, unread: 0 }]),
  );
  for (const { name, shown, mailbox, total, unread } of counters) {
    const label = listed.get(name) ?? { name: shown, colour: null, total: 0, unread: 0 };
    listed.set(name, label);
    if (hidden.has(mailbox)) continue;
    label.total += total;
    label.unread += unread;
  }
  return [...listed.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
