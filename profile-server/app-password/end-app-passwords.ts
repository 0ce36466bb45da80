import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { addRevocation } from '../session/revocation-store.ts';
import { deleteAppPassword, listAppPasswordsOf } from './app-password-store.ts';

/**
 * All app passwords of a user are refused from now on, and what signed in with them ends within seconds: after a reset, and
 * where the user asks for it with a change of password. `by` is the admin, null the user. Returns how many; after the commit
 * comes `tellRevocation`.
 */
export async function endAppPasswords(
  tx: Writer,
  server: Pick<ProfileContext, 'random' | 'clock'>,
  user: string,
  by: string | null = null,
): Promise<number> {
  const records = await listAppPasswordsOf(tx, user);
  const at = server.clock.now();
  for (const { id } of records) {
    await deleteAppPassword(tx, user, id);
    await addRevocation(tx, { kind: 'session', id, at });
  }
  if (records.length > 0) await writeNote(tx, server, { user, what: 'app-passwords-ended', by });
  return records.length;
}
