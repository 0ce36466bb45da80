import type { Clock } from '../common/time.ts';
import type { PartKey } from '../server-kit/auth/part-key.ts';
import type { Trust } from '../server-kit/auth/trust.ts';
import type { Database } from '../server-kit/database/database.ts';
import type { EgressGuard } from '../server-kit/egress/guard.ts';
import type { Logger } from '../server-kit/log.ts';
import type { Settings } from '../server-kit/settings.ts';
import type { CallContext } from '../server-kit/trpc.ts';
import type { BlobStore, ReferenceSource } from './blob/blob-store.ts';
import type { Discoverer } from './discovery/make-discovery.ts';
import type { Drafts } from './draft/drafts.ts';
import type { Events } from './event/events.ts';
import type { RuleThread } from './filing/ask/rule-thread.ts';
import type { Home } from './home/home.ts';
import type { ProfileClient } from './home/profile-client.ts';
import type { MailIds } from './mail/mail-id.ts';
import type { Mails } from './mail/mails.ts';
import type { Selections } from './mail/selection/selections.ts';
import type { UrlSigner } from './mail/signed-url.ts';
import type { Mailboxes } from './mailbox/mailboxes.ts';
import type { Reminders } from './reminder/reminders.ts';
import type { Retrieval } from './retrieval/loop.ts';
import type { Search } from './search/search.ts';
import type { Relays } from './sending/relay/relays.ts';
import type { Sending } from './sending/sending.ts';
import type { Snoozes } from './snooze/snoozes.ts';
import type { Viewer } from './view/make-viewer.ts';

/** The long-lived things that retrieval, drafts and sending are made from. */
export interface StorageCore {
  settings: Settings;
  /** This part's own directory. */
  dataDir: string;
  clock: Clock;
  random: (size: number) => Uint8Array;
  log: Logger;
  db: Database;
  blobs: BlobStore;
  /** With it other threads open the blobs of `dataDir`, see blob/blob-reader.ts. */
  blobKey: Uint8Array;
  /** Whoever keeps blob ids in tables of its own adds a source, or the sweep takes them. */
  references: ReferenceSource[];
  ids: MailIds;
  mails: Mails;
  mailboxes: Mailboxes;
  signer: UrlSigner;
  events: Events;
  home: Home;
  profile: ProfileClient;
  key: PartKey;
  trust: Trust;
  egress: EgressGuard;
}

/** What every procedure of this server gets: who calls, and the long-lived things made in server.ts. */
export interface StorageContext extends StorageCore, CallContext {
  drafts: Drafts;
  sending: Sending;
  reminders: Reminders;
  snoozes: Snoozes;
  relays: Relays;
  retrieval: Retrieval;
  discovery: Discoverer;
  search: Search;
  ruleThread: RuleThread;
  selections: Selections;
  viewer: Viewer;
}
