import { makeStore, useStore } from '../parts/store.ts';
import { forgetWithPerson } from '../session/forget.ts';
import { formatRoute, parseRoute, type MailRoute, type Route, type SettingsSection } from './parse-route.ts';

export const routeStore = makeStore<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));
// The next person begins at the beginning; who was only interrupted goes on where he was.
forgetWithPerson(() => routeStore.set(parseRoute('')));

/** Where the place is written down: in the address, or in memory while nothing may be left behind. */
export interface Places {
  read(): string;
  write(hash: string, how: 'push' | 'replace'): void;
}

const address: Places = {
  read: () => location.hash,
  write: (hash, how) => history[`${how}State`](null, '', hash),
};
let places = address;

/** Returns how to go back to the address. */
export function holdPlaces(others: Places): () => void {
  places = others;
  return () => (places = address);
}

/** Follows the address; called once. */
export function followAddress(): void {
  addEventListener('hashchange', () => routeStore.set(parseRoute(location.hash)));
  routeStore.set(parseRoute(location.hash));
}

export function goTo(route: Route, how: 'push' | 'replace' = 'push'): void {
  const hash = formatRoute(route);
  if (hash === places.read()) return;
  places.write(hash, how);
  routeStore.set(route);
}

export function openSettings(
  section: SettingsSection,
  item: string | null = null,
  page: string | null = null,
): void {
  goTo({ view: 'settings', section, item, page });
}

export function openBox(box: string, account: string | null = null): void {
  goTo({ view: 'mail', box, account, mail: null, draft: null, query: null });
}

/** Shows what is found; for nothing typed, how to search. */
export function openSearch(query: string): void {
  goTo({ view: 'mail', box: 'search', account: null, mail: null, draft: null, query });
}

/** Changes what is open in the mail view, keeping the rest of the place. */
export function changeMailRoute(
  change: Partial<Omit<MailRoute, 'view'>>,
  how: 'push' | 'replace' = 'push',
): void {
  const now = routeStore.get();
  const base: MailRoute =
    now.view === 'mail'
      ? now
      : { view: 'mail', box: 'inbox', account: null, mail: null, draft: null, query: null };
  goTo({ ...base, ...change }, how);
}

export function useRoute(): Route {
  return useStore(routeStore);
}

/** Back to the list, from a mail or a draft. */
export function closeOpen(): void {
  changeMailRoute({ mail: null, draft: null });
}
