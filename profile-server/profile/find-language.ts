import { language, type Language } from '../../common/shapes/profile.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { findItem } from './profile-store.ts';

/** The language that the user chose; null when he chose none, or none that we speak. */
export async function findLanguage(reader: Reader, user: string): Promise<Language | null> {
  const item = await findItem(reader, user, 'preferences', 'language');
  const chosen = language.safeParse(JSON.parse(item?.value ?? 'null'));
  return chosen.success ? chosen.data : null;
}
