import type { LabSession } from '../../common/shapes/lab.ts';
import type { Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { findPlace, type SessionPlace } from './find-place.ts';
import { listRooms } from './room-store.ts';
import { idleAfter, idleMinutesOf } from './session-life.ts';

/** How and where a new session is kept. */
export interface SessionTerms {
  place: SessionPlace;
  /** Rest (ms) after which the server ends it; null: no lab session. */
  idleAfter: Millis | null;
}

/**
 * A session is one of lab mode when its client asks for that, which a computer's own settings and people at strange
 * computers do, when a policy demands it of the user, or when it comes from a room of which admins demand it.
 */
export async function readSessionTerms(
  reader: Reader,
  user: string,
  keeping: { lab?: boolean | undefined; room?: string | undefined; pc?: string | undefined },
  address: string,
): Promise<SessionTerms> {
  const place = findPlace(keeping, address, await listRooms(reader));
  const policy = await readPolicy(reader, user);
  const isLab = keeping.lab === true || place.forced || policy.lab === 'forced';
  return { place, idleAfter: isLab ? idleAfter(policy.labIdleMinutes) : null };
}

/** What client and other parts are told of a session; null: it is none of lab mode. */
export async function readLabSession(
  reader: Reader,
  session: { user: string; idle_after: number | null },
): Promise<LabSession | null> {
  if (session.idle_after === null) return null;
  const { labSaves } = await readPolicy(reader, session.user);
  return { idleMinutes: idleMinutesOf(session.idle_after), saves: labSaves };
}
