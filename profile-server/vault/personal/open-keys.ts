import { MailError } from '../../../common/errors.ts';
import { MINUTE } from '../../../common/time.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { ALIVE_FOR } from '../process/process-store.ts';
import { findOpenedKey, isOpenSomewhere, listOpened } from './personal-key-store.ts';
import { lockedUntilPassword } from './personal-rule.ts';

/** A user's personal key in clear. */
export interface PersonalKey {
  id: string;
  key: Buffer;
}

type Tools = Pick<ProfileContext, 'clock' | 'vault'>;

/** A provider answers within this time, and what it answers can be kept. */
const LENT_FOR = 3 * MINUTE;

/**
 * The user's key while one of his sessions holds it open, null else. It lies in the database sealed for this very process,
 * whose private key is in its memory only; the session's row and the tokens' time decide, at each use.
 */
export async function findOpenKey(tools: Tools, reader: Reader, user: string): Promise<PersonalKey | null> {
  const own = tools.vault.process;
  const opened = await findOpenedKey(reader, user, own.id, tools.clock.now());
  if (opened === undefined) return null;
  const { session, key_id: id, sealed } = opened;
  return { id, key: own.open(sealed, aadOfOpened({ session, user, key: id })) };
}

/** Of these users, those whose key is open here. */
export async function listOpenUsers(
  tools: Tools,
  reader: Reader,
  users: readonly string[],
): Promise<string[]> {
  return await listOpened(reader, users, tools.vault.process.id, tools.clock.now());
}

/** Why it is not open here: its user is not signed in, or another process has it and passes it on in a moment. */
export async function explainLocked(tools: Tools, reader: Reader, user: string): Promise<MailError> {
  const now = tools.clock.now();
  // On SQLite there is no other process.
  const elsewhere =
    reader.engine === 'mysql' && (await isOpenSomewhere(reader, user, { now, seenAfter: now - ALIVE_FOR }));
  if (!elsewhere) return lockedUntilPassword();
  return new MailError('unavailable', 'the key comes in a moment', { reason: 'key-coming', retryAfter: 2 });
}

/** The same by one session of his. */
export async function findOpenKeyOfSession(
  tools: Tools,
  reader: Reader,
  { id: session, user }: { id: string; user: string },
): Promise<PersonalKey | null> {
  const own = tools.vault.process;
  const opened = await findOpenedKey(reader, user, own.id, tools.clock.now(), session);
  if (opened === undefined) return null;
  const { key_id: id, sealed } = opened;
  return { id, key: own.open(sealed, aadOfOpened({ session, user, key: id })) };
}

export function aadOfOpened(of: { session: string; user: string; key: string }): string[] {
  return ['opened_key', of.session, of.user, of.key];
}

/** For keeping, some minutes more: never for opening. */
export function lendKey({ vault }: Pick<Tools, 'vault'>, user: string, key: PersonalKey): void {
  vault.lent.set(user, key);
  setTimeout(() => {
    if (vault.lent.get(user) === key) vault.lent.delete(user);
  }, LENT_FOR).unref();
}
