import type { SignedInUser, SignInStep } from '../../../common/shapes/session.ts';
import { makeStore } from '../parts/store.ts';
import { makeSessionStore } from './forget.ts';

/** Why the sign-in screen is shown. */
export type SignedOutBecause =
  'asked' | 'left-files' | 'ended' | 'ended-draft-safe' | 'idle' | 'idle-draft-safe' | null;

export type SessionState =
  | { phase: 'starting' }
  | { phase: 'offline'; retryAt: number }
  | { phase: 'signed-out'; because: SignedOutBecause }
  | { phase: 'signed-in'; session: string; home: string | null };

export const sessionStore = makeStore<SessionState>({ phase: 'starting' });

/** Asked of a person whom the desktop program has sent to the browser: to let it in. `ticket`: the hash of its secret. */
export interface ProgramStep {
  step: 'program';
  ticket: string;
  /** Shown by the program too. */
  number: string;
}

/** What a sign-in under way still asks, and how its session is to be kept. */
export interface Unfinished {
  step: SignInStep | ProgramStep;
  /** It outlives the window. */
  remember: boolean;
  /** On a public computer: nothing of it stays. */
  lab: boolean;
}

/** Null: no sign-in is under way. */
export const unfinishedStore = makeStore<Unfinished | null>(null);

/** The signed-in user; null until the server said who it is. */
export const userStore = makeSessionStore<SignedInUser | null>(null);

/** Where the profile-server is: the page's own origin, or what the desktop shell says. */
export const serverStore = makeStore<{
  url: string;
  locked: boolean;
  /** This computer is one that many people use: its settings say so. */
  lab: boolean;
  /** As those call it who manage it. */
  room: string | null;
  pc: string | null;
  canRemember: boolean;
}>({
  url: '',
  locked: true,
  lab: false,
  room: null,
  pc: null,
  canRemember: true,
});
