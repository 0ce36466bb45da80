import type { Param, Query } from './database.ts';

/** Text and parameters of a query, whether written by hand or built. */
export function compileQuery(
  query: Query,
  params: readonly Param[],
): { text: string; values: readonly Param[] } {
  if (typeof query === 'string') return { text: query, values: params };
  const native = query.toSQL().toNative();
  return { text: native.sql, values: native.bindings as Param[] };
}
