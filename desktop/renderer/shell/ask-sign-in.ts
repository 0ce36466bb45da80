import { makeSessionStore } from '../session/forget.ts';

/** The account whose sign-in is asked for on the screen. */
export const askSignInStore = makeSessionStore<string | null>(null);

/** Opens the dialog in which an account is signed in again. */
export function askSignIn(account: string): void {
  askSignInStore.set(account);
}
