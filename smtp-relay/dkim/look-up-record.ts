import { askTexts, type Resolve } from '../../server-kit/cached-resolver.ts';
import type { DkimRecord } from '../../server-kit/dkim-record.ts';
import { compareDkimRecord, writeDkimRecord } from './dkim-record.ts';
import type { DkimKey } from './keys.ts';

/** The record that a key needs, and what of it is in DNS; `unknown` where DNS does not answer. */
export async function lookUpRecord(
  resolve: Resolve,
  key: DkimKey,
): Promise<{ record: DkimRecord; state: 'published' | 'missing' | 'other' | 'unknown' }> {
  const record = writeDkimRecord(key);
  const texts = await askTexts(resolve, record.name).catch(() => null);
  return { record, state: texts === null ? 'unknown' : compareDkimRecord(texts, key.privateKey) };
}
