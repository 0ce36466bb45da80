import type { Param } from '../../server-kit/database/database.ts';
import { makeList } from './mail-store.ts';

/** As many characters as the indexes hold (migrations/hash-indexes.ts): 48 bits tell nearly all hashes apart. */
const INDEXED = 8;

/** A condition that is true where `column` is one of these hashes, in words by which both engines take its index. */
export function matchHashes(column: string, hashes: readonly string[]): { where: string; params: Param[] } {
  const { places, params } = makeList(hashes);
  const starts = params.map((hash) => String(hash).slice(0, INDEXED));
  return {
    where: `substr(${column}, 1, ${INDEXED}) IN (${places}) AND ${column} IN (${places})`,
    params: [...starts, ...params],
  };
}
