import { HOUR } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { groupAddress } from '../../password/tries/try-limit.ts';
import type { UserRecord } from '../../user/user-store.ts';
import { writeNote } from '../note/security-notes.ts';
import type { SessionRecord } from '../session-store.ts';
import { isKnownPlace, putPlace, setLastSignIn } from './place-store.ts';

/** Of `last_sign_in`: who signs in for each command does not write for each. */
const EXACT = HOUR;

/** Keeps when and from where a user signed in, and tells of a place that was never seen. */
export async function notePlace(
  tx: Writer,
  server: ProfileContext,
  user: UserRecord,
  session: SessionRecord,
): Promise<void> {
  const now = server.clock.now();
  const place = groupAddress(session.address).slice(0, 64);
  const known = await isKnownPlace(tx, user.id, place);
  const isDue = now - (user.last_sign_in ?? 0) >= EXACT;
  if (isDue) await setLastSignIn(tx, user.id, now);
  if (known === true && !isDue) return;
  await putPlace(tx, user.id, place, now);
  if (known !== false) return;
  const detail = { client: session.client, address: session.address };
  await writeNote(tx, server, { user: user.id, what: 'signed-in-elsewhere', by: null, detail });
}
