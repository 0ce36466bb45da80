import type { Language } from '../../../common/shapes/profile.ts';
import type { SignIn, SignInStep } from '../../../common/shapes/session.ts';
import { native } from './native.ts';
import { profileServer } from './clients.ts';
import { forgetPerson, forgetSession } from './forget.ts';
import { toProblem } from './problem.ts';
import { serverStore, sessionStore, unfinishedStore, userStore, type SignedOutBecause } from './session.ts';
import { holdTokens, readTokens, refreshTokens, rememberTokens, whenSessionEnds } from './tokens.ts';
import { profileStore } from '../profile/profile-store.ts';
import { tellProblem } from '../shell/notices.ts';
import { readProfile, setPreference, takeItems } from '../profile/profile-sync.ts';
import { languageStore } from '../text/text.ts';

/** Asked before the session's end is shown: whether an open draft is confirmed on the server; null when none is open. */
let draftIsSafe: () => boolean | null = () => null;
let saveDraft: () => Promise<unknown> = async () => null;
export function askDraftSafety(ask: () => boolean | null, save: () => Promise<unknown>): void {
  draftIsSafe = ask;
  saveDraft = save;
}

/** Saves what is being written now rather than in a moment; answers as `askDraftSafety` does. */
async function saveOpenDraft(): Promise<boolean | null> {
  await saveDraft();
  return draftIsSafe();
}

/** On a public computer the browser is to keep nothing of what is typed at the sign-in either. */
export function guardFieldsSoon(): void {
  void import('../lab/guard-fields.ts').then(({ guardFields }) => guardFields(document));
}

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('valija-session');

/** The first thing that runs: finds the server, and the session that a reload or a restart goes on with. */
export async function startSession(): Promise<void> {
  whenSessionEnds(() => endHere(draftIsSafe() === true ? 'ended-draft-safe' : 'ended'));
  if (tabs !== null) {
    tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data !== 'signed-out' || sessionStore.get().phase !== 'signed-in') return;
      // Tabs of lab mode have sessions of their own.
      if (readTokens()?.session.lab) void signOut();
      else endHere('asked');
    };
  }
  const shell = await native?.start();
  // In a browser the start page of a lab's computers says it: ?lab&room=B2&pc=07
  const asked = new URLSearchParams(location.search);
  const lab = shell?.lab ?? asked.has('lab');
  if (lab) guardFieldsSoon();
  serverStore.set({
    url: (shell?.server ?? (native === null ? location.origin : '')).replace(/\/$/, ''),
    locked: shell === undefined ? true : shell.serverLocked,
    lab,
    room: shell?.room ?? asked.get('room'),
    pc: shell?.pc ?? asked.get('pc'),
    canRemember: shell?.canRemember ?? true,
  });
  // Back from a provider's page (signed-in), or sent here by the desktop program (sign-in).
  if (location.hash.startsWith('#/sign')) return await (await import('./ways/arrive.ts')).arrive();
  if (lab || serverStore.get().url === '' || (shell !== undefined && shell.refreshToken === null)) {
    sessionStore.set({ phase: 'signed-out', because: null });
    return;
  }
  await resumeSession();
}

/**
 * Takes the server that the person typed. The desktop shell's page may talk only to the servers that it was loaded for,
 * so it is loaded again; what is no address of a server is refused there and shown as an error at the sign-in.
 */
export async function changeServer(typed: string): Promise<void> {
  const url = typed.trim().replace(/\/+$/, '');
  if (url === serverStore.get().url) return;
  const taken =
    native !== null &&
    (await native.keepSession({ server: url, refreshToken: null }).then(
      () => true,
      () => false,
    ));
  if (taken) location.reload();
  else serverStore.set({ ...serverStore.get(), url });
}

let retry: ReturnType<typeof setTimeout> | undefined;

export async function resumeSession(): Promise<void> {
  clearTimeout(retry);
  try {
    const { user, profile, ...tokens } = await refreshTokens();
    holdTokens(tokens);
    if (user === undefined || profile === undefined) readOwnProfile().catch(() => undefined);
    else {
      userStore.set(user);
      takeItems(profile);
    }
    sessionStore.set({ phase: 'signed-in', session: tokens.session.id, home: tokens.home });
  } catch (error) {
    const { code, reason } = toProblem(error);
    if (code === 'not-signed-in' || code === 'sign-in-failed' || code === 'forbidden') {
      // A session that was known here was ended elsewhere, or is too old: that is said; who comes for the first time is not told.
      const wasKnown = reason === 'session-ended' || reason === 'token-reused';
      sessionStore.set({ phase: 'signed-out', because: wasKnown ? 'ended' : null });
      return;
    }
    const wait = 5000;
    sessionStore.set({ phase: 'offline', retryAt: Date.now() + wait });
    retry = setTimeout(() => void resumeSession(), wait);
  }
}

/** Who it is and the whole profile, in one request. */
async function readOwnProfile(): Promise<void> {
  const [{ user }] = await Promise.all([profileServer().session.whoami.query(), readProfile()]);
  userStore.set(user);
}

export interface Credentials {
  name: string;
  password: string;
  remember: boolean;
  /** On a public computer: nothing of the session stays there. */
  lab?: boolean;
}

export async function signIn(credentials: Credentials): Promise<void> {
  const input = { ...credentials, ...describeClient(credentials.lab) };
  await goOn(await profileServer().session.signIn.mutate(input), input);
}

/** Begins the session, or leaves what is asked next to the screen. */
export async function goOn(
  answer: SignIn | SignInStep,
  keep: { remember: boolean; lab: boolean },
): Promise<void> {
  if ('step' in answer) return unfinishedStore.set({ step: answer, remember: keep.remember, lab: keep.lab });
  await begin(answer, keep.remember);
  unfinishedStore.set(null);
}

interface ClientFacts {
  client: string;
  cookie: boolean;
  lab: boolean;
  room: string | undefined;
  pc: string | undefined;
}

/** The language that was chosen at the sign-in by hand; null when it was only guessed. */
let pickedLanguage: Language | null = null;

export function pickLanguage(language: Language): void {
  pickedLanguage = language;
  languageStore.set(language);
}

/** What the server is told of this client; `isPublic` as the person said at the sign-in. */
export function describeClient(isPublic = false): ClientFacts {
  const system = /Windows|Mac OS X|Android|iPhone|iPad|CrOS|Linux/.exec(navigator.userAgent)?.[0] ?? '';
  const program =
    native === null
      ? (/(Firefox|Edg|OPR|Chrome|Safari)\//.exec(navigator.userAgent)?.[1] ?? 'web')
      : 'Valija';
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const client = [program, system].map((name) => names[name] ?? name).filter((name) => name !== '');
  const server = serverStore.get();
  const lab = isPublic || server.lab;
  const place = { room: server.room ?? undefined, pc: server.pc ?? undefined };
  return { client: client.join(', '), cookie: native === null && !lab, lab, ...place };
}

async function begin(answer: SignIn, remember: boolean): Promise<void> {
  // What calls of the former session left behind as they failed with it.
  forgetSession();
  if (interrupted !== null && interrupted.user !== answer.user.id) forgetPerson();
  interrupted = null;
  holdTokens(answer);
  const { lab } = answer.session;
  // Without it nothing of the session may be shown.
  if (lab !== null) (await import('../lab/lab-mode.tsx')).enterLab(lab);
  await rememberTokens(answer, remember);
  userStore.set(answer.user);
  takeItems(answer.profile);
  const picked = pickedLanguage;
  pickedLanguage = null;
  // The profile's language was shown a moment ago by taking its items; the choice wins and is kept.
  if (picked !== null && picked !== profileStore.get().preferences.language) {
    void setPreference('language', picked).catch((error: unknown) => tellProblem(toProblem(error)));
  }
  sessionStore.set({ phase: 'signed-in', session: answer.session.id, home: answer.home });
}

/** Ends the session on the server and removes what this computer knows of it. */
export async function signOut(because: 'asked' | 'idle' = 'asked'): Promise<void> {
  // What was typed a moment ago too.
  const isSafe = await withPatience(saveOpenDraft(), null);
  const reason = because === 'asked' ? 'signed-out' : because;
  const told = await withPatience(
    profileServer()
      .session.signOut.mutate({ because: reason })
      .then(() => true),
    false,
  );
  tabs?.postMessage('signed-out');
  const clean = await clearThisComputer();
  const shown = because === 'idle' && isSafe === true ? 'idle-draft-safe' : because;
  endHere(told && clean ? shown : 'left-files');
}

/** The server's side is tried, not awaited for ever: a person who leaves a PC without network must be signed out here. */
async function withPatience<T>(work: Promise<T>, otherwise: T): Promise<T> {
  const patience = new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), 4000));
  return await Promise.race([work.catch(() => otherwise), patience]);
}

/** Whose session ended without a sign-out by hand; `user`: null where it was not known yet. */
let interrupted: { user: string | null } | null = null;
/** After these the person may be about to go on. */
const INTERRUPTED: ReadonlySet<SignedOutBecause> = new Set([
  'ended',
  'ended-draft-safe',
  'idle',
  'idle-draft-safe',
]);

function endHere(because: SignedOutBecause): void {
  if (readTokens() === null && sessionStore.get().phase === 'signed-out') return;
  // On a public computer nobody finds what he left.
  const goesOn = INTERRUPTED.has(because) && readTokens()?.session.lab === null;
  interrupted = goesOn ? { user: userStore.get()?.id ?? null } : null;
  holdTokens(null);
  forgetSession();
  history.replaceState(null, '', location.pathname + location.search);
  if (!goesOn) forgetPerson();
  sessionStore.set({ phase: 'signed-out', because });
}

async function clearThisComputer(): Promise<boolean> {
  try {
    localStorage.clear();
    sessionStorage.clear();
    for (const name of await (globalThis.caches?.keys() ?? [])) await caches.delete(name);
    for (const { name } of (await indexedDB.databases?.()) ?? []) {
      if (name !== undefined) indexedDB.deleteDatabase(name);
    }
    return native === null ? true : (await native.clearSession()).clean;
  } catch {
    return false;
  }
}
