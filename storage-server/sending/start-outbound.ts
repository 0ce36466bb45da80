import { HOUR } from '../../common/time.ts';
import type { Route } from '../../server-kit/http/server.ts';
import type { StorageCore } from '../context.ts';
import type { Drafts } from '../draft/drafts.ts';
import { makeDraftDesk, makeDrafts } from '../draft/make-drafts.ts';
import { tidyDrafts } from '../draft/tidy-drafts.ts';
import { makeCollector } from './relay/collect-recipients.ts';
import { type LoopCore, startSending } from './relay/loop.ts';
import { makeSending } from './make-sending.ts';
import { type Relays, makeRelays } from './relay/relays.ts';
import { makeSendRoutes } from './send-routes.ts';
import type { Sending } from './sending.ts';
import { emptySpool } from './spool.ts';

/** All that a user's mail needs on its way out of this server. */
export interface Outbound {
  drafts: Drafts;
  sending: Sending;
  relays: Relays;
  routes: Route[];
  stop(): Promise<void>;
}

/** Makes drafts and sending, and starts what hands mails to the relays. `relays` and `crash` are for tests. */
export async function startOutbound(
  core: StorageCore,
  options: Partial<Pick<LoopCore, 'relays' | 'crash' | 'wakeOutbox'>> = {},
): Promise<Outbound> {
  await emptySpool(core);
  const relays = options.relays ?? makeRelays(core);
  const desk = makeDraftDesk(core);
  const drafts = makeDrafts(desk);
  const loop = startSending({ ...core, ...options, relays, collect: makeCollector(core) });
  const sending = makeSending({ ...core, desk, relays, wake: loop.wake });
  const tidy = (): void => {
    Promise.all([desk.uploads.sweep(), tidyDrafts(core)]).catch((error: unknown) =>
      core.log.warn('draft.tidy-failed', { error }),
    );
  };
  const tidying = setInterval(tidy, HOUR);
  tidying.unref();
  return {
    drafts,
    sending,
    relays,
    routes: makeSendRoutes(sending),
    stop: async () => {
      clearInterval(tidying);
      await loop.stop();
    },
  };
}
