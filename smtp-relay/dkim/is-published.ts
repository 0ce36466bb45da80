import type { Resolve } from '../../server-kit/cached-resolver.ts';
import { compareDkimRecord, writeDkimRecord } from '../route/dmarc/dkim-record.ts';
import { askTexts } from '../route/dmarc/find-policy.ts';
import type { IsPublished } from './choose-keys.ts';

/** Asks DNS, by a resolver that keeps answers. */
export function makePublishedCheck(resolve: Resolve): IsPublished {
  return async (key) => {
    try {
      const texts = await askTexts(resolve, writeDkimRecord(key).name);
      return compareDkimRecord(texts, key.privateKey) === 'published';
    } catch {
      return null;
    }
  };
}
