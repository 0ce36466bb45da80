import type { Mailbox } from '../../common/shapes/mailbox.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Home } from '../home/home.ts';
import { readCounters } from './counter-store.ts';

/** Mailboxes as the profile defines them, with this store's counters. */
export interface Mailboxes {
  list(user: string): Promise<Mailbox[]>;
}

export function makeMailboxes(core: { db: Database; home: Home }): Mailboxes {
  return {
    list: async (user) => {
      const [profile, counters] = await Promise.all([
        core.home.readProfile(user),
        readCounters(core.db.read, user),
      ]);
      return profile.mailboxes.map(({ id, name, role, parent, path }) => {
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
