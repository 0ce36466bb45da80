import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * TanStack Query joins a first reading that is under way when it is told that its answer is no longer true, and keeps that
 * answer then. Such a query is read again after it.
 */
export function readAgainWhenStale(queries: QueryClient): void {
  const stale = new WeakSet<Query>();
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated') return;
    const { query, action } = event;
    const isFirst = query.state.data === undefined && query.state.fetchStatus !== 'idle';
    if (action.type === 'invalidate' && isFirst) stale.add(query);
    else if (action.type === 'success' && stale.delete(query)) {
      // The reading has to end first.
      setTimeout(() => void queries.invalidateQueries({ queryKey: query.queryKey, exact: true }));
    }
  });
}
