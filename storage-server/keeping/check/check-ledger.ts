import type { Reader } from '../../../server-kit/database/database.ts';
import type { MailIds } from '../../mail/mail-id.ts';
import { makeFinding, type Finding } from '../finding.ts';
import { listMaildrops, readEntriesAfter, findExisting, type CheckedEntry } from './ledger-check-store.ts';

const PAGE = 1000;

/** What of the ledger speaks of mails that are not there, although nobody removed them. */
export interface StrayEntry extends CheckedEntry {
  maildrop: string;
}

/**
 * Compares the ledgers of all maildrops with the mails: an entry without a mail would keep its message from being retrieved
 * again. `read` is one moment of the database.
 */
export async function findStrayEntries(
  read: Reader,
  users: readonly string[],
  ids: MailIds,
): Promise<StrayEntry[]> {
  const owners = new Map(users.map((user) => [tagOf(ids.mail(user, 0)), user]));
  const stray: StrayEntry[] = [];
  for (const maildrop of await listMaildrops(read)) {
    let after = '';
    for (let more = true; more;) {
      const entries = await readEntriesAfter(read, maildrop, after, PAGE);
      more = entries.length === PAGE;
      after = entries.at(-1)?.uidl ?? after;
      // Removed by the user, or to be retrieved again already.
      const kept = entries.filter(({ state, removed_at }) => removed_at === null && state !== 'lost');
      for (const [user, some] of Map.groupBy(kept, ({ mail }) => owners.get(tagOf(mail)))) {
        const numbers = user === undefined ? [] : some.map(({ mail }) => ids.read(user, mail));
        const there = user === undefined ? new Set() : await findExisting(read, user, numbers);
        for (const [index, entry] of some.entries()) {
          if (!there.has(numbers[index]!)) stray.push({ maildrop, ...entry });
        }
      }
    }
  }
  return stray;
}

export function describeStray({ mail, account }: StrayEntry): Finding {
  return makeFinding('ledger-wrong', { mail, account });
}

function tagOf(mail: string): string {
  return mail.slice(mail.indexOf('-') + 1);
}
