import { makeStore } from '../parts/store.ts';

/** The account whose sign-in is asked for on the screen. */
export const askSignInStore = makeStore<string | null>(null);

/** Opens the dialog in which an account is signed in again. */
export function askSignIn(account: string): void {
  askSignInStore.set(account);
}
