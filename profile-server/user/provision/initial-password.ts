import { createHash, timingSafeEqual } from 'node:crypto';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { seal, unseal } from '../../vault/seal.ts';
import { setUserFields, type UserRecord } from '../user-store.ts';
import {
  addInitialPassword,
  findInitialPassword,
  removeInitialPassword,
  type InitialPassword,
} from './initial-password-store.ts';

type Tools = Pick<ProfileContext, 'masterKey' | 'random' | 'clock'>;

const KEY = 'initial-password';

/**
 * Keeps the organisation's first password of a user, sealed, until it is hashed: ten thousand hashes at once would leave no
 * place for those who sign in.
 */
export async function keepInitialPassword(
  tools: Tools,
  tx: Writer,
  user: Pick<UserRecord, 'id'>,
  password: string,
): Promise<void> {
  const sealed = seal(tools.masterKey.derive(KEY), Buffer.from(password), [KEY, user.id], tools.random);
  await removeInitialPassword(tx, user.id);
  await addInitialPassword(tx, { user: user.id, sealed, made_at: tools.clock.now() });
}

export function openInitialPassword(tools: Pick<Tools, 'masterKey'>, waiting: InitialPassword): string {
  return unseal(tools.masterKey.derive(KEY), waiting.sealed, [KEY, waiting.user]).toString();
}

/** The hash takes the place of what waited; nothing happens when it does not wait any more. */
export async function settleInitialPassword(
  server: ProfileContext,
  user: string,
  phc: string,
): Promise<void> {
  await server.db.write(async (tx) => {
    if (!(await removeInitialPassword(tx, user))) return;
    await setUserFields(tx, user, { password: phc, password_at: server.clock.now() });
  });
}

/**
 * For a user whose first password is not hashed yet: whether it is the typed one, at the cost of the one hash that any try
 * costs; a right one is hashed by that. Null where none waits.
 */
export async function tryInitialPassword(
  server: ProfileContext,
  user: string,
  typed: string,
  from: string,
): Promise<boolean | null> {
  const waiting = await findInitialPassword(server.db.read, user);
  if (waiting === undefined) return null;
  const phc = await server.passwords.hash(typed, { from });
  if (!isSame(openInitialPassword(server, waiting), typed)) return false;
  await settleInitialPassword(server, user, phc);
  return true;
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => createHash('sha256').update(text.normalize('NFC')).digest());
  return timingSafeEqual(one as Buffer, other as Buffer);
}
