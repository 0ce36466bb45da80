import { hkdfSync } from 'node:crypto';
import type { Reader } from '../../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../../context.ts';
import { seal, unseal } from '../../seal.ts';
import type { PersonalKey } from '../open-keys.ts';
import { findPersonalKey } from '../personal-key-store.ts';
import { findPasskeyWrap } from './wrap-store.ts';

/** A passkey that has proven itself, and what it computed for us: 32 bytes, base64url. */
export interface PasskeySecret {
  passkey: string;
  secret: string;
}

/** The user's key under what his passkey computes: with database and master key alone nobody can tell it. */
export function wrapByPasskey(
  { random }: Pick<ProfileContext, 'random'>,
  user: string,
  by: PasskeySecret,
  open: PersonalKey,
): Buffer {
  return seal(wrappingOf(by), open.key, aadOf(user, by.passkey, open.id), random);
}

/** The user's key by a passkey; null where that one was never let open it, or computes something else now. */
export async function openByPasskey(
  server: Pick<ProfileContext, 'log'>,
  reader: Reader,
  user: string,
  by: PasskeySecret,
): Promise<PersonalKey | null> {
  const wrap = await findPasskeyWrap(reader, user, by.passkey);
  const key = await findPersonalKey(reader, user);
  if (wrap === undefined || key === undefined) return null;
  try {
    return { id: key.id, key: unseal(wrappingOf(by), wrap.wrapped, aadOf(user, by.passkey, key.id)) };
  } catch {
    // An authenticator computes another value where it has not verified its owner (CTAP 2.1, 12.5).
    server.log.warn('personal-key.other-passkey', { user, passkey: by.passkey });
    return null;
  }
}

function wrappingOf({ secret }: PasskeySecret): Buffer {
  const bytes = Buffer.from(secret, 'base64url');
  return Buffer.from(hkdfSync('sha256', bytes, Buffer.alloc(0), 'valija passkey key', 32));
}

function aadOf(user: string, passkey: string, key: string): string[] {
  return ['personal_key_passkey', user, passkey, key];
}
