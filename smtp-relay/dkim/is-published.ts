import type { Resolve } from '../../server-kit/cached-resolver.ts';
import type { IsPublished } from './choose-keys.ts';
import { lookUpRecord } from './look-up-record.ts';

/** Asks DNS, by a resolver that keeps answers. */
export function makePublishedCheck(resolve: Resolve): IsPublished {
  return async (key) => {
    const { state } = await lookUpRecord(resolve, key);
    return state === 'unknown' ? null : state === 'published';
  };
}
