import type { Mailbox, MailboxRole } from '../../common/shapes/mailbox.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Home, KnownMailbox } from '../home/home.ts';
import { readCounters } from './counter-store.ts';

/** Mailboxes as the profile defines them, with this store's counters. */
export interface Mailboxes {
  /** `atLeast`: a revision of the profile that the caller knows of. */
  list(user: string, atLeast?: number): Promise<Mailbox[]>;
}

export function makeMailboxes(core: {
  db: Database;
  home: Home;
  /** Told of mailboxes that hold mails and that the profile does not define. */
  onVanished?: (user: string, mailboxes: string[]) => void;
}): Mailboxes {
  return {
    list: async (user, atLeast) => {
      const [profile, counters] = await Promise.all([
        core.home.readProfile(user, atLeast),
        readCounters(core.db.read, user),
      ]);
      const known = new Set(profile.mailboxes.map(({ id }) => id));
      const vanished = [...counters].filter(([id, { total }]) => total > 0 && !known.has(id));
      if (vanished.length > 0)
        core.onVanished?.(
          user,
          vanished.map(([id]) => id),
        );
      return profile.mailboxes.toSorted(compareMailboxes).map(({ id, name, role, parent, path }) => {
        const counter = counters.get(id);
        return {
          id,
          name,
          role,
          parent,
          path,
          total: counter?.total ?? 0,
          unread: counter?.unread ?? 0,
          bytes: counter?.bytes ?? 0,
        };
      });
    },
  };
}

const ORDER: MailboxRole[] = ['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'];

/** As people expect them: the ones with roles first, then their own by path. */
function compareMailboxes(a: KnownMailbox, b: KnownMailbox): number {
  const rank = ({ role }: KnownMailbox): number => (role === null ? ORDER.length : ORDER.indexOf(role));
  return rank(a) - rank(b) || a.path.localeCompare(b.path);
}
