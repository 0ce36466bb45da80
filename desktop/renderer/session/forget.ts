import { makeStore, type Store } from '../parts/store.ts';

/*
 * What lies in memory outlives a sign-out, and the next person sits before the same window. Whatever a module keeps of a
 * session or of its person says here, where it is made, how it is forgotten.
 */
const ofSession = new Set<() => void>();
const ofPerson = new Set<() => void>();

/** Called as a session ends, and once more as the next one begins. */
export function forgetWithSession(forget: () => void): void {
  ofSession.add(forget);
}

/** The same for what whoever was only interrupted comes back to: called when he has gone, or somebody else comes. */
export function forgetWithPerson(forget: () => void): void {
  ofPerson.add(forget);
}

/** A store that is `initial` again with each session. */
export function makeSessionStore<T>(initial: T): Store<T> {
  const store = makeStore(initial);
  forgetWithSession(() => store.set(initial));
  return store;
}

export function forgetSession(): void {
  for (const forget of ofSession) forget();
}

export function forgetPerson(): void {
  for (const forget of ofPerson) forget();
}
