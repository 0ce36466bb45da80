import type { StorageCore } from '../context.ts';
import type { DraftDesk } from '../draft/make-drafts.ts';
import type { Relays } from './relay/relays.ts';

/** What sending is made from. */
export interface SendingCore extends Pick<
  StorageCore,
  'dataDir' | 'clock' | 'random' | 'db' | 'blobs' | 'mails' | 'home' | 'log'
> {
  desk: DraftDesk;
  relays: Pick<Relays, 'checkRoute'>;
  /** Something new is to be handed to a relay. */
  wake: () => void;
}
