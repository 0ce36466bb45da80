import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { findUser } from '../user/user-store.ts';
import {
  findCredential,
  saveCredential,
  type CredentialKind,
  type CredentialRecord,
} from './credential-store.ts';
import { seal, unseal } from './seal.ts';

type Tools = Pick<ProfileContext, 'masterKey' | 'random'>;

/** A new user's data key, wrapped by the master key. */
export function makeDataKey(tools: Tools, user: string): Buffer {
  return tools.masterKey.seal(tools.random(32), ['user_key', user]);
}

/** Keeps a secret of an account under its user's data key; the version counts each keeping. */
export async function keepSecret(
  tools: Tools,
  tx: Writer,
  place: { user: string; account: string; kind: CredentialKind },
  secret: string,
): Promise<void> {
  const { user, account, kind } = place;
  const before = await findCredential(tx, account, kind);
  const version = (before?.version ?? 0) + 1;
  const key = await openDataKey(tools, tx, user);
  const sealed = seal(key, Buffer.from(secret), aadOf({ user, account, kind, version }), tools.random);
  await saveCredential(tx, { account, kind, user, version, sealed });
}

/** The secret in clear, null when none is kept. Throws when it was moved from another user, account or version. */
export async function openSecret(
  tools: Tools,
  tx: Writer,
  place: { user: string; account: string; kind: CredentialKind },
): Promise<string | null> {
  const { user, account, kind } = place;
  const kept = await findCredential(tx, account, kind);
  if (kept === undefined) return null;
  const key = await openDataKey(tools, tx, user);
  return unseal(key, kept.sealed, aadOf({ user, account, kind, version: kept.version })).toString();
}

/** What a user's secrets stand under; MailError `unavailable` where the master key is another. */
export async function openDataKey(
  tools: Pick<Tools, 'masterKey'>,
  tx: Reader,
  user: string,
): Promise<Buffer> {
  const found = await findUser(tx, user);
  if (found === undefined) throw new Error(`no user ${user}`);
  return tools.masterKey.unseal(found.data_key, ['user_key', user]);
}

function aadOf(place: Pick<CredentialRecord, 'user' | 'account' | 'kind' | 'version'>): string[] {
  return ['credential', place.user, place.account, place.kind, String(place.version)];
}
