import type { CallContext } from '../server-kit/trpc.ts';
import type { Drafts } from './draft/drafts.ts';
import type { Relays } from './sending/relays.ts';
import type { Sending } from './sending/sending.ts';

/** What every procedure of this server gets: who calls, and the long-lived things made in server.ts. */
export interface StorageContext extends CallContext {
  drafts: Drafts;
  sending: Sending;
  relays: Relays;
}
