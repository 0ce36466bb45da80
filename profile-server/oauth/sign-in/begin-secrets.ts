import { createHash } from 'node:crypto';
import type { ProfileContext } from '../../context.ts';
import type { BeginRecord } from './begin-store.ts';

/** What is sealed of a sign-in under way. */
export interface BeginSecrets {
  state?: string;
  verifier?: string;
  /** Of `bindBrowser`. */
  browser?: string | null;
  deviceCode?: string;
}

type Tools = Pick<ProfileContext, 'masterKey'>;

export function sealBegin(
  { masterKey }: Tools,
  begin: Pick<BeginRecord, 'id' | 'user'>,
  secrets: BeginSecrets,
): Buffer {
  return masterKey.seal(Buffer.from(JSON.stringify(secrets)), aadOf(begin));
}

export function openBegin(
  { masterKey }: Tools,
  begin: Pick<BeginRecord, 'id' | 'user' | 'sealed'>,
): BeginSecrets {
  return JSON.parse(masterKey.unseal(begin.sealed, aadOf(begin)).toString()) as BeginSecrets;
}

/** How an answer finds its sign-in: `state` itself is not kept in clear. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url');
}

function aadOf({ id, user }: Pick<BeginRecord, 'id' | 'user'>): string[] {
  return ['oauth_begin', id, user];
}
