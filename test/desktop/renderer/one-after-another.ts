import { setTimeout as sleep } from 'node:timers/promises';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import type { SignIn } from '../../../common/shapes/session.ts';
import { answerCalls } from './stand-in-browser.ts';

/*
 * One person after another at the client's modules, without a browser. The sign-out is told to other tabs by a channel; one
 * that is open keeps a test from ending.
 */
Object.assign(globalThis, { BroadcastChannel: undefined, window: globalThis, name: '', indexedDB: {} });
for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(globalThis, name, { value: { clear: () => undefined }, configurable: true });
}
const { goOn, signOut, startSession } = await import('../../../desktop/renderer/session/session-actions.ts');
const { serverStore, sessionStore } = await import('../../../desktop/renderer/session/session.ts');
const { refreshTokens } = await import('../../../desktop/renderer/session/tokens.ts');

const refuse = async (): Promise<Response> =>
  Response.json({ error: { code: 'not-signed-in', reason: 'session-ended' } }, { status: 401 });
globalThis.fetch = refuse;
// Nobody is there yet.
await startSession();
serverStore.change((server) => ({ ...server, url: 'http://valija.test' }));

/** Signs a person in, whose profile has this revision and these items. */
export async function beSignedIn(user: string, revision: number, items: ProfileItem[] = []): Promise<void> {
  const answer = {
    session: { id: `ses_${user}`, expiresAt: '2027-01-01T00:00:00.000Z', lab: null },
    issuedAt: new Date().toISOString(),
    tokensExpireAt: new Date(Date.now() + 900_000).toISOString(),
    refreshToken: null,
    home: 'http://home.test',
    relay: null,
    tokens: { profile: `of ${user}`, storage: `of ${user}`, relay: null },
    user: { id: `usr_${user}`, name: user },
    profile: { revision, items },
  } as unknown as SignIn;
  await goOn(answer, { remember: false, lab: false });
}

/** Signs out by hand, if anybody is there. */
export async function signOutHere(): Promise<void> {
  if (sessionStore.get().phase !== 'signed-in') return;
  const before = globalThis.fetch;
  answerCalls(() => ({}));
  await signOut();
  globalThis.fetch = before;
}

/** Keeps the answers to a procedure: it is `answer` as soon as it is let go, also an error that is thrown. */
export function holdAnswers(
  procedure: string,
  answer: unknown,
): { asked: Promise<void>; letGo(): Promise<void> } {
  const asked = Promise.withResolvers<void>();
  const free = Promise.withResolvers<void>();
  answerCalls(async (name) => {
    if (name !== procedure) return {};
    asked.resolve();
    await free.promise;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return {
    asked: asked.promise,
    letGo: async () => {
      free.resolve();
      // What follows an answer has followed by then.
      await sleep(20);
    },
  };
}

/** The session is ended elsewhere, and the client hears of it. */
export async function endElsewhere(): Promise<void> {
  const before = globalThis.fetch;
  globalThis.fetch = refuse;
  await refreshTokens().catch(() => undefined);
  globalThis.fetch = before;
}
