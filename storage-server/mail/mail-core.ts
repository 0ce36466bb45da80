import type { Clock } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { LocalBlobStore } from '../blob/local-blob-store.ts';
import type { Events } from '../event/events.ts';
import type { Home } from '../home/home.ts';
import type { Mailboxes } from '../mailbox/mailboxes.ts';
import type { MailIds } from './mail-id.ts';

/** What the verbs of this folder work with. */
export interface MailCore {
  db: Database;
  blobs: LocalBlobStore;
  events: Events;
  home: Home;
  mailboxes: Mailboxes;
  ids: MailIds;
  clock: Clock;
  /** Bytes that each user may hold; null or missing: no limit. */
  quota?: number | null;
}
