import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { seal, unseal } from '../seal.ts';
import { judgePersonal } from './may-be-personal.ts';
import type { PersonalKey } from './open-keys.ts';
import {
  addPersonalKey,
  findPersonalKey,
  rewrapPersonalKey,
  type PersonalKeyRecord,
} from './personal-key-store.ts';

type Wrapped = Pick<PersonalKeyRecord, 'id' | 'salt' | 'wrapped'>;

/** The user's key by his password; null when he has none, or it is another password's. Takes as long as a sign-in. */
export async function openPersonalKey(
  server: ProfileContext,
  user: string,
  password: string,
): Promise<PersonalKey | null> {
  const record = await findPersonalKey(server.db.read, user);
  if (record === undefined) return null;
  const wrapping = await server.passwords.deriveKey(password, Buffer.from(record.salt, 'base64url'), {
    from: user,
  });
  try {
    return { id: record.id, key: unseal(wrapping, record.wrapped, aadOf(user, record.id)) };
  } catch {
    server.log.warn('personal-key.other-password', { user });
    return null;
  }
}

/**
 * As `openPersonalKey`; who has none gets one. MailError `forbidden` (`signed-in-only-…`) where he may not have one, and
 * `conflict` (`personal-key-gone`) where the one he has is another password's: only a reset forgets that one.
 */
export async function openOrMakePersonalKey(
  server: ProfileContext,
  user: string,
  password: string,
): Promise<PersonalKey> {
  if ((await findPersonalKey(server.db.read, user)) === undefined) {
    const reason = await judgePersonal(server.db.read, user);
    if (reason !== null) throw new MailError('forbidden', 'not for this user', { reason });
    const key = { id: makeId('pkey', server.random), key: Buffer.from(server.random(32)) };
    const wrapped = await wrapPersonalKey(server, user, key, password);
    const made_at = server.clock.now();
    if (await server.db.write(async (tx) => await addPersonalKey(tx, { user, ...wrapped, made_at })))
      return key;
  }
  const open = await openPersonalKey(server, user, password);
  if (open !== null) return open;
  throw new MailError('conflict', 'the key is under another password', { reason: 'personal-key-gone' });
}

/**
 * Before the transaction that changes a password: what is returned belongs into it. The accounts that only the user can
 * open stay open to him; where `before` is not the password of his key they cannot, and are left as they are.
 */
export async function prepareRewrap(
  server: ProfileContext,
  user: string,
  passwords: { before: string; after: string },
): Promise<(tx: Writer) => Promise<void>> {
  const key = await openPersonalKey(server, user, passwords.before);
  if (key === null) return async () => undefined;
  const wrapped = await wrapPersonalKey(server, user, key, passwords.after);
  return async (tx) => {
    await rewrapPersonalKey(tx, { user, ...wrapped });
  };
}

async function wrapPersonalKey(
  server: ProfileContext,
  user: string,
  { id, key }: PersonalKey,
  password: string,
): Promise<Wrapped> {
  const salt = Buffer.from(server.random(16));
  const wrapping = await server.passwords.deriveKey(password, salt, { from: user });
  return {
    id,
    salt: salt.toString('base64url'),
    wrapped: seal(wrapping, key, aadOf(user, id), server.random),
  };
}

function aadOf(user: string, id: string): string[] {
  return ['personal_key', user, id];
}
