import { type TRPCClient, createTRPCClient } from '@trpc/client';
import { MailError } from '../../../common/errors.ts';
import type { RouteCheck, RouteExplanation } from '../../../common/shapes/route.ts';
import { MINUTE, SECOND } from '../../../common/time.ts';
import { makeServiceLinks, readCallError } from '../../../server-kit/service-client.ts';
import type { RelayRouter } from '../../../smtp-relay/router.ts';
import type { StorageCore } from '../../context.ts';

export interface Relay {
  id: string;
  /** Base address of its API. */
  url: string;
  submission: { host: string; port: number; tls: boolean };
  api: TRPCClient<RelayRouter>;
}

/** The smtp-relays of the system, as the profile-server lists them. */
export interface Relays {
  /** Those that may be used now; empty when none was ever added. MailError `unavailable` when nobody knows. */
  list(): Promise<Relay[]>;
  /** MailError `unavailable` when no relay answers. */
  explainRoute(user: string, from: string, to: string): Promise<RouteExplanation>;
  /** What is known to be wrong with a sender and recipients. MailError `unavailable` when no relay answers. */
  checkRoute(user: string, from: string, to: readonly string[]): Promise<RouteCheck>;
}

/** A relay that was added is used after this long at the latest. */
const FRESH_MS = 30 * SECOND;
const CALL_MS = 10 * SECOND;

type RelaysCore = Pick<StorageCore, 'profile' | 'key' | 'clock' | 'log'>;

export function makeRelays(core: RelaysCore): Relays {
  const clients = new Map<string, { url: string; api: TRPCClient<RelayRouter> }>();
  let known: { relays: Relay[]; at: number } | null = null;

  const clientOf = (id: string, url: string): TRPCClient<RelayRouter> => {
    const before = clients.get(id);
    if (before?.url === url) return before.api;
    const links = makeServiceLinks<RelayRouter>({ url, audience: id, key: core.key });
    const api = createTRPCClient<RelayRouter>({ links });
    clients.set(id, { url, api });
    return api;
  };
  const readList = async (): Promise<Relay[]> => {
    const { parts } = await core.profile.part.list.query(undefined, {
      signal: AbortSignal.timeout(CALL_MS),
    });
    const relays: Relay[] = [];
    for (const { id, kind, state, url, submission } of parts) {
      if (kind !== 'smtp-relay' || state !== 'active' || url === null || submission === null) continue;
      relays.push({ id, url, submission, api: clientOf(id, url) });
    }
    return relays;
  };
  const list = async (): Promise<Relay[]> => {
    const now = core.clock.now();
    // Nothing yet is asked for again each time: the first relay may be about to announce itself.
    if (known !== null && known.relays.length > 0 && now - known.at < FRESH_MS) return known.relays;
    try {
      known = { relays: await readList(), at: now };
    } catch (error) {
      if (known === null) throw readCallError(error);
      core.log.warn('relays.stale', { error });
      known = { relays: known.relays, at: now - FRESH_MS + 5 * SECOND };
    }
    return known.relays;
  };
  /** The answer of the first relay that gives one. */
  const askOne = async <T>(question: (api: Relay['api'], signal: AbortSignal) => Promise<T>): Promise<T> => {
    let last: MailError = new MailError('unavailable', 'no relay yet', { reason: 'no-relay' });
    for (const relay of await list()) {
      try {
        return await question(relay.api, AbortSignal.timeout(CALL_MS));
      } catch (error) {
        last = readCallError(error);
        if (last.code !== 'unavailable') throw last;
      }
    }
    throw last;
  };
  return {
    list,
    explainRoute: async (user, from, to) =>
      await askOne(async (api, signal) => await api.route.explain.query({ user, from, to }, { signal })),
    checkRoute: async (user, from, to) =>
      await askOne(
        async (api, signal) => await api.route.check.query({ user, from, to: [...to] }, { signal }),
      ),
  };
}

/** Mails are spread over the relays by their key; one that did not answer is not the one to ask first the next time. */
export function pickRelay(relays: readonly Relay[], key: string, attempts: number): Relay | undefined {
  let sum = attempts;
  for (let index = 0; index < key.length; index++) sum += key.charCodeAt(index);
  return relays[sum % Math.max(1, relays.length)];
}

/** How long to wait before trying again, by the number of tries so far: 1 s, 2 s, 4 s … 1 min: the relay is one of ours. */
export function backOff(tries: number): number {
  return Math.min(MINUTE, 2 ** Math.min(tries, 10) * SECOND);
}
