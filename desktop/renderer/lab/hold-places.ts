import { formatRoute, parseRoute } from '../shell/parse-route.ts';
import { goTo, holdPlaces, routeStore } from '../shell/route.ts';

/**
 * Places stay in memory: browsers keep addresses for years, and with them which mail was read and what was looked for.
 * Back and forward work while the page is open; the history holds numbers. Returns how to go back to addresses.
 */
export function keepPlacesInMemory(): () => void {
  const visited = [formatRoute(routeStore.get())];
  let at = 0;
  const state = () => ({ place: at });
  history.replaceState(state(), '', bareAddress());
  const release = holdPlaces({
    read: () => visited[at] ?? '',
    write: (hash, how) => {
      if (how === 'push') {
        at += 1;
        visited.length = at;
        visited[at] = hash;
        history.pushState(state(), '', bareAddress());
      } else visited[at] = hash;
    },
  });
  const onReturn = ({ state }: PopStateEvent): void => {
    const place = (state as { place?: unknown } | null)?.place;
    if (typeof place !== 'number' || visited[place] === undefined) return;
    at = place;
    routeStore.set(parseRoute(visited[place]));
  };
  // A link to a place of ours that knows nothing of all this.
  const onClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
    if (link === null || event.defaultPrevented) return;
    event.preventDefault();
    goTo(parseRoute(link.getAttribute('href') ?? ''));
  };
  addEventListener('popstate', onReturn);
  document.addEventListener('click', onClick);
  return () => {
    removeEventListener('popstate', onReturn);
    document.removeEventListener('click', onClick);
    release();
    history.replaceState(null, '', bareAddress());
    routeStore.set(parseRoute(''));
  };
}

function bareAddress(): string {
  return location.pathname + location.search;
}
