import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { EventSource } from 'eventsource';
import type { ProfileRouter } from '../../../profile-server/router.ts';
import type { StorageRouter } from '../../../storage-server/router.ts';
import type { AnyRouter } from '@trpc/server';
import type { CalledPart } from '../../../common/shapes/session.ts';
import { answerAhead } from '../ahead/ahead-link.ts';
import { endWithSession } from './end-with-session.ts';
import { forgetWithSession } from './forget.ts';
import { makePlain } from './plain-call.ts';
import { toProblem } from './problem.ts';
import { noteAnswer, noteFailure } from './reach.ts';
import { serverStore } from './session.ts';
import { readTokens, refreshSession, tokenFor } from './tokens.ts';

/** The kinds of call to one part: streams, calls that wait for something and so travel alone, and all others, batched. */
export function makeLinks<Router extends AnyRouter>(part: CalledPart, url: string): TRPCLink<Router>[] {
  const authorize = async (): Promise<Record<string, string>> =>
    readTokens() === null ? {} : { authorization: `Bearer ${await tokenFor(part)}` };
  const calls = {
    url: `${url}/trpc`,
    // By POST every call of a kind has one address, so the browser asks for leave (CORS) once.
    methodOverride: 'POST',
    headers: authorize,
    maxItems: 10,
  };
  const fetchPlainly = async (address: string, init: RequestInit): Promise<Response> =>
    await fetch(address, makePlain(address, init));
  return [
    endWithSession() as TRPCLink<Router>,
    ...(part === 'storage' ? [answerAhead() as TRPCLink<Router>] : []),
    retryWithFreshToken(url) as TRPCLink<Router>,
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink<Router, never>({
        url: `${url}/trpc`,
        EventSource: EventSource as never,
        eventSourceOptions: {
          fetch: async (address: string | URL, init: RequestInit) =>
            await fetch(address, {
              ...init,
              headers: { ...(init.headers as Record<string, string>), ...(await authorize()) },
            }),
        } as never,
      } as never),
      false: splitLink({
        condition: (op) => op.context['waits'] === true,
        true: httpLink<Router>(calls as never),
        // What changes something travels as JSON: servers take nothing else for it.
        false: splitLink({
          condition: (op) => op.type === 'query',
          true: httpBatchLink<Router>({ ...calls, fetch: fetchPlainly } as never),
          false: httpBatchLink<Router>(calls as never),
        }),
      }),
    }),
  ];
}

/** A call refused because its token ended or was rotated away is repeated once with a new one. */
function retryWithFreshToken(url: string): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let stop = (): void => undefined;
        let repeated = false;
        const session = readTokens()?.session.id;
        const run = (): void => {
          const running = next(op).subscribe({
            next: (value) => {
              noteAnswer(url);
              observer.next(value);
            },
            complete: () => observer.complete(),
            error: (error) => {
              noteFailure(url, error);
              if (repeated || session === undefined || toProblem(error).code !== 'not-signed-in')
                return observer.error(error);
              repeated = true;
              void refreshThen(session, run, () => observer.error(error));
            },
          });
          stop = () => running.unsubscribe();
        };
        run();
        return () => stop();
      });
}

async function refreshThen(session: string, run: () => void, fail: () => void): Promise<void> {
  try {
    await refreshSession(session);
  } catch {
    return fail();
  }
  run();
}

/** For calls that the server answers only when something has happened: others must not wait with them. */
export const ALONE = { context: { waits: true } };

const clients = new Map<string, unknown>();
// The connections of a session that ended are not used for the next one.
forgetWithSession(() => clients.clear());

export function clientFor<T>(part: CalledPart, url: string, make: () => T): T {
  const key = `${part} ${url}`;
  const known = clients.get(key) as T | undefined;
  if (known !== undefined) return known;
  const made = make();
  clients.set(key, made);
  return made;
}

/** The profile-server: sign-in, profile, accounts. */
export function profileServer() {
  const { url } = serverStore.get();
  return clientFor('profile', url, () =>
    createTRPCClient<ProfileRouter>({ links: makeLinks<ProfileRouter>('profile', url) }),
  );
}

/** The user's home: mail. Its address came with the sign-in. */
export function storageServer() {
  const url = storageUrl();
  return clientFor('storage', url, () =>
    createTRPCClient<StorageRouter>({ links: makeLinks<StorageRouter>('storage', url) }),
  );
}

export function storageUrl(): string {
  return (readTokens()?.home ?? '').replace(/\/$/, '');
}
