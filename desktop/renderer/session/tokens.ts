import { MailError } from '../../../common/errors.ts';
import type { CalledPart, SignIn, Tokens } from '../../../common/shapes/session.ts';
import { takeRefresh } from '../ahead/asked-ahead.ts';
import { forgetClock, readClock, setClock } from '../parts/clock.ts';
import { native } from './native.ts';
import { demandOk, toProblem } from './problem.ts';
import { exchangeCookie, inTurn, TOKEN_PATIENCE } from './refresh-cookie.ts';
import { serverStore } from './session.ts';

/** Tokens, and to a page that has nothing yet also whose they are, where the server tells. */
export type Refreshed = Tokens & Partial<Pick<SignIn, 'user' | 'profile'>>;

/** How long before its end a token is exchanged, in milliseconds. */
const MARGIN = 45_000;

/** Access tokens live in this variable and nowhere else. */
let held: Tokens | null = null;
let under: Promise<Refreshed> | null = null;
/** Whether the desktop shell keeps the refresh token for its next start: only for who asked to be remembered. */
let isRemembered = false;
let onEnded: () => void = () => undefined;
/** Aborted with the session that is held. */
let lasting = new AbortController();

/** Called once: what to do when the server says that the session is over. */
export function whenSessionEnds(act: () => void): void {
  onEnded = act;
}

export function holdTokens(tokens: Tokens | null): void {
  const over = isHeld(tokens) ? null : lasting;
  held = tokens;
  if (tokens === null) forgetClock();
  else setClock(tokens.issuedAt);
  if (over === null) return;
  lasting = new AbortController();
  // The next session neither waits for the former's exchange nor takes its answer.
  under = null;
  over.abort(new MailError('not-signed-in', 'the session is over', { reason: 'session-ended' }));
}

function isHeld(tokens: Tokens | null): boolean {
  return held?.session.id === tokens?.session.id;
}

/** Aborted when the session that is held now is over: what was begun in it is none of the next one's. */
export function readSession(): AbortSignal {
  return lasting.signal;
}

/** What comes of `work`, unless the session ends before: then it fails at once. */
export async function whileSession<T>(work: () => Promise<T>): Promise<T> {
  const session = readSession();
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (): void => reject(session.reason as MailError);
  session.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    session.removeEventListener('abort', end);
  }
}

/** After a sign-in: the desktop shell keeps its refresh token, or forgets the one of whoever was here before. */
export async function rememberTokens(tokens: Tokens, remember: boolean): Promise<void> {
  isRemembered = remember;
  if (native === null || tokens.refreshToken === null) return;
  const refreshToken = remember && tokens.session.lab === null ? tokens.refreshToken : null;
  await native.keepSession({ server: serverStore.get().url, refreshToken });
}

export function readTokens(): Tokens | null {
  return held;
}

/** A token for one part, exchanged before it ends. MailError `not-signed-in` or `unavailable`. */
export async function tokenFor(part: CalledPart): Promise<string> {
  if (held === null) throw new MailError('not-signed-in', 'no session');
  const left = Date.parse(held.tokensExpireAt) - readClock();
  const tokens = left < MARGIN ? await refreshTokens() : held;
  const token = tokens.tokens[part];
  if (token !== null) return token;
  throw new MailError('unavailable', `no ${part} server`, {
    reason: part === 'relay' ? 'no-relay' : 'no-home',
  });
}

/** Other tokens than a refresh gives, as unlocking does. */
export async function replaceTokens(ask: () => Promise<Tokens>): Promise<void> {
  const tokens = await takeTurn(ask);
  holdTokens(tokens);
  await rememberTokens(tokens, isRemembered);
}

/** The same for callers that found theirs refused: one exchange for all who ask at the same time. */
export async function refreshTokens(): Promise<Refreshed> {
  if (under === null) {
    const asked = exchange().finally(() => {
      if (under === asked) under = null;
    });
    under = asked;
  }
  return await under;
}

/** New tokens of one session. MailError `not-signed-in` where it is over, also where another one has begun here meanwhile. */
export async function refreshSession(id: string): Promise<void> {
  const demandSame = (): void => {
    if (held?.session.id !== id) throw new MailError('not-signed-in', 'the session is another one now');
  };
  demandSame();
  await refreshTokens();
  // Somebody may have signed out and in again meanwhile.
  demandSame();
}

async function exchange(): Promise<Refreshed> {
  const before = held;
  try {
    const next = await takeTurn(askServer);
    // A sign-out or a sign-in while the answer was under way wins.
    if (!isHeld(before)) throw new MailError('not-signed-in', 'the session ended meanwhile');
    // Tabs share a cookie: somebody else has signed in at another one.
    if (before !== null && next.session.id !== before.session.id) {
      throw new MailError('not-signed-in', 'the browser has another session now');
    }
    holdTokens(next);
    // Who goes on with a kept token had asked for it.
    await rememberTokens(next, isRemembered || before === null);
    return next;
  } catch (error) {
    if (before !== null && isHeld(before) && toProblem(error).code === 'not-signed-in') onEnded();
    throw error;
  }
}

/** Only cookies are shared by tabs. */
async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  return native === null ? await inTurn(work) : await work();
}

async function askServer(): Promise<Refreshed> {
  const { url } = serverStore.get();
  if (native === null && !held?.refreshToken) {
    const asked = held === null ? await takeRefresh() : null;
    const response = asked?.response ?? (await exchangeCookie(url, held === null));
    const refreshed = (await (await demandOk(response)).json()) as Refreshed;
    if (asked !== null) setClock(refreshed.issuedAt, asked.age);
    return refreshed;
  }
  const refreshToken = held?.refreshToken ?? (await native?.start())?.refreshToken ?? null;
  if (refreshToken === null) throw new MailError('not-signed-in', 'no session kept');
  const response = await fetch(`${url}/trpc/session.refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
    signal: AbortSignal.timeout(TOKEN_PATIENCE),
  });
  const body: unknown = await response.json().catch(() => null);
  const result = (body as { result?: { data?: Tokens } } | null)?.result?.data;
  if (result !== undefined) return result;
  throw readTrpcError(body) ?? new MailError('unavailable', `the server answered ${response.status}`);
}

function readTrpcError(body: unknown): unknown {
  const wire = (body as { error?: { data?: { valija?: { code?: string } } } } | null)?.error?.data?.valija;
  return wire?.code === 'not-signed-in' || wire?.code === 'sign-in-failed'
    ? new MailError('not-signed-in', 'the session is over')
    : null;
}
