import type { Language, ProfileItems } from '../../../common/shapes/profile.ts';
import { makeStore } from '../parts/store.ts';

export interface User {
  id: string;
  name: string;
  admin: boolean;
  language: Language;
}

/** Access tokens, one for each part; they live in this variable and nowhere else. */
export interface Tokens {
  session: { id: string; expiresAt: string };
  refreshToken: string | null;
  home: string | null;
  relay: string | null;
  tokens: { profile: string; storage: string | null; relay: string | null };
  tokensExpireAt: string;
}

export type SignIn = Tokens & { user: User; profile: ProfileItems };

/** Why the sign-in screen is shown. */
export type SignedOutBecause = 'asked' | 'left-files' | 'ended' | 'ended-draft-safe' | null;

export type SessionState =
  | { phase: 'starting' }
  | { phase: 'offline'; retryAt: number }
  | { phase: 'signed-out'; because: SignedOutBecause }
  | { phase: 'signed-in'; session: string; home: string | null };

export const sessionStore = makeStore<SessionState>({ phase: 'starting' });

/** The signed-in user; null until the server said who it is. */
export const userStore = makeStore<User | null>(null);

/** Where the profile-server is: the page's own origin, or what the desktop shell says. */
export const serverStore = makeStore<{ url: string; locked: boolean; lab: boolean; canRemember: boolean }>({
  url: '',
  locked: true,
  lab: false,
  canRemember: true,
});
