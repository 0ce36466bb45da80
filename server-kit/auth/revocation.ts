import type { Millis } from '../../common/time.ts';
import type { Caller } from './caller.ts';

/** What the profile-server takes back: a session, everything of a user, or a part. */
export interface Revocation {
  kind: 'session' | 'user' | 'part';
  id: string;
  /** Tokens issued before this are refused. */
  at: Millis;
}

/** Whether a request that `caller` has under way must end because of this revocation. */
export function isRevoked(caller: Caller, { kind, id }: Revocation): boolean {
  if (caller.kind === 'part') return kind === 'part' && caller.part === id;
  if (caller.kind !== 'user') return false;
  return (kind === 'session' && caller.session === id) || (kind === 'user' && caller.user === id);
}
