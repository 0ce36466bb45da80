import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * What is told to be no longer true is read again. TanStack Query forgets that in three cases: a first reading that is under
 * way is joined and its answer kept; what is put by hand counts as read; so does what a reading that was given up is set
 * back to.
 */
export function readAgainWhenStale(queries: QueryClient): void {
  const stale = new WeakSet<Query>();
  const joined = new WeakSet<Query>();
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { query, action } = event;
    const isRead = action.type === 'success' && action.manual !== true;
    if (action.type === 'invalidate') {
      stale.add(query);
      if (query.state.data === undefined && query.state.fetchStatus !== 'idle') joined.add(query);
    } else if (isRead) {
      stale.delete(query);
      // The reading has to end first.
      if (joined.delete(query))
        setTimeout(() => void queries.invalidateQueries({ queryKey: query.queryKey, exact: true }));
    } else if (action.type === 'error') {
      joined.delete(query);
      if (query.state.data !== undefined) stale.add(query);
      // Without data it counts as stale anyway; marked so, it would not tell of the next time.
      else if (stale.delete(query) || query.state.isInvalidated) query.setState({ isInvalidated: false });
    } else if (stale.has(query) && !query.state.isInvalidated && action.type !== 'fetch') query.invalidate();
  });
}
