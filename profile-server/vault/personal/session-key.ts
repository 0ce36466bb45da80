import { createHash, hkdfSync } from 'node:crypto';
import { SECOND } from '../../../common/time.ts';
import { ACCESS_TOKEN_SECONDS } from '../../../server-kit/auth/access-token.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { isProven, sealFor } from '../process/own-process.ts';
import { listProcesses } from '../process/process-store.ts';
import { seal, unseal } from '../seal.ts';
import { aadOfOpened, type PersonalKey } from './open-keys.ts';
import {
  findPersonalKey,
  addSessionWrap,
  findSessionWrap,
  removeSessionWraps,
  saveOpenedKey,
} from './personal-key-store.ts';

/** A session as far as its refresh token and its keys go. */
export interface KeptSession {
  id: string;
  user: string;
  /** Of the refresh token that is given out now. */
  generation: number;
}

const SECRET_BYTES = 32;

/**
 * Opens the key for as long as the session's access tokens last, in every profile-server that lives, and wraps it by a
 * secret that is returned, goes into the session's refresh token and is kept nowhere: with the database and the master key
 * alone nobody can tell it.
 */
export async function grantKey(
  server: ProfileContext,
  tx: Writer,
  session: KeptSession,
  open: PersonalKey,
): Promise<string> {
  const { clock, random, vault } = server;
  const secret = Buffer.from(random(SECRET_BYTES));
  const { id, user, generation } = session;
  const wrapped = seal(wrappingOf(secret), open.key, wrapAad(session, open.id), random);
  await addSessionWrap(tx, { session: id, tag: tagOf(secret), user, generation, wrapped });
  const now = clock.now();
  const expires_at = now + ACCESS_TOKEN_SECONDS * SECOND;
  const aad = aadOfOpened({ session: id, user, key: open.id });
  const others = (await listProcesses(tx, now)).filter((one) => one.id !== vault.process.id);
  const all = [
    { id: vault.process.id, key: vault.process.publicKey },
    ...others.filter((one) => isProven(vault.ring, one)).map((one) => ({ id: one.id, key: one.public_key })),
  ];
  for (const one of all) {
    const sealed = sealFor(one.key, open.key, aad, random);
    await saveOpenedKey(tx, { session: id, process: one.id, user, sealed, expires_at });
  }
  return secret.toString('base64url');
}

/**
 * The same at a refresh, by the secret of the token that was shown: for the next token there is another one. Null where that
 * one opens nothing (any more): then the session goes on without the key.
 */
export async function renewKey(
  server: ProfileContext,
  tx: Writer,
  session: KeptSession,
  shown: { secret: string | null; generation: number },
): Promise<string | null> {
  if (shown.secret === null) return null;
  const secret = Buffer.from(shown.secret, 'base64url');
  const wrap = await findSessionWrap(tx, session.id, tagOf(secret));
  const key = await findPersonalKey(tx, session.user);
  if (wrap === undefined || key === undefined || wrap.user !== session.user) return null;
  const open = unseal(wrappingOf(secret), wrap.wrapped, wrapAad(session, key.id));
  // The shown one stays until the next has been used: its answer may get lost.
  await removeSessionWraps(tx, session.id, shown.generation);
  return await grantKey(server, tx, session, { id: key.id, key: open });
}

function tagOf(secret: Uint8Array): string {
  return createHash('sha256').update('valija tag').update(secret).digest('base64url');
}

function wrappingOf(secret: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'valija session key', 32));
}

function wrapAad(session: { id: string; user: string }, key: string): string[] {
  return ['personal_key_session', session.id, session.user, key];
}
