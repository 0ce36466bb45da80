import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { findUser, lockUser } from '../user/user-store.ts';
import {
  CREDENTIAL_KINDS,
  findCredential,
  findCredentialWithKey,
  listCredentialsOf,
  saveCredential,
  saveDataKey,
  type CredentialKind,
  type CredentialRecord,
} from './credential-store.ts';
import { explainLocked, findOpenKey, lendKey } from './personal/open-keys.ts';
import { isPersonalAccount } from './personal/personal-rule.ts';
import { recordUse, type UseReason } from './record-use.ts';
import { DATA_KEY_KINDS, type SealedKind } from './rotation/sealed-kinds.ts';
import { listSealedOf, replaceSealed } from './rotation/sealed-store.ts';
import { seal, unseal } from './seal.ts';

type Tools = Pick<ProfileContext, 'masterKey' | 'random' | 'clock' | 'vault'>;

interface SecretPlace {
  user: string;
  account: string;
  kind: CredentialKind;
}

/** A new user's data key, wrapped by the master key. */
export function makeDataKey(tools: Pick<Tools, 'masterKey' | 'random'>, user: string): Buffer {
  return tools.masterKey.seal(tools.random(32), ['user_key', user]);
}

/**
 * Keeps a secret of an account under its user's data key, and within that under his personal key where the account is
 * polled only while he is signed in; the version counts each keeping. MailError `needs-sign-in`
 * (`locked-until-password`) where that key is not open.
 */
export async function keepSecret(
  tools: Tools,
  tx: Writer,
  place: SecretPlace,
  secret: string,
): Promise<void> {
  const { user, account, kind } = place;
  const dataKey = await takeDataKey(tools, tx, user);
  const before = await findCredential(tx, account, kind);
  const version = (before?.version ?? 0) + 1;
  const inner = await sealInner(tools, tx, { ...place, version }, secret);
  const record = { account, kind, user, version, personal: inner.personal };
  const sealed = seal(dataKey, inner.bytes, aadOf(record), tools.random);
  await saveCredential(tx, { ...record, sealed });
}

/**
 * The secret in clear, null when none is kept; its use is recorded with it. `within`: it does not leave the vault, or
 * whoever hands it on records that. MailError `needs-sign-in` (`locked-until-password`) where only its user can open it;
 * throws when it was moved from another user, account or version.
 */
export async function openSecret(
  tools: Tools,
  tx: Writer,
  place: SecretPlace,
  why: UseReason | 'within',
): Promise<string | null> {
  const { user, account, kind } = place;
  const kept = await findCredentialWithKey(tx, account, kind);
  if (kept === undefined) return null;
  // As it stands, not as it is asked for: what was moved here from another user does not open.
  if (kept.data_key === null || kept.user !== user) throw new Error(`no user ${user} of this secret`);
  const dataKey = tools.masterKey.unseal(kept.data_key, ['user_key', user]);
  const bytes = unseal(dataKey, kept.sealed, aadOf(kept));
  const secret = await openInner(tools, tx, { ...place, ...kept }, bytes);
  if (why !== 'within') await recordUse(tools, tx, { user, account, ...why });
  return secret;
}

/** After the account's settings have changed: what was kept as they said before is kept as they say now. Errors as of both. */
export async function moveSecrets(tools: Tools, tx: Writer, user: string, account: string): Promise<void> {
  for (const kind of CREDENTIAL_KINDS) {
    const place = { user, account, kind };
    const secret = await openSecret(tools, tx, place, 'within');
    if (secret !== null) await keepSecret(tools, tx, place, secret);
  }
}

/** Another data key, and all that stands under it with it. */
export async function renewDataKey(tools: Tools, tx: Writer, user: string): Promise<void> {
  const before = await takeDataKey(tools, tx, user);
  const key = Buffer.from(tools.random(32));
  for (const row of await listCredentialsOf(tx, user)) {
    const aad = aadOf(row);
    await saveCredential(tx, {
      ...row,
      sealed: seal(key, unseal(before, row.sealed, aad), aad, tools.random),
    });
  }
  for (const [name, kind] of Object.entries<SealedKind>(DATA_KEY_KINDS)) {
    for (const row of await listSealedOf(tx, kind, user)) {
      const aad = [name, ...row.aad];
      await replaceSealed(tx, kind, row, seal(key, unseal(before, row.sealed, aad), aad, tools.random));
    }
  }
  await saveDataKey(tx, user, tools.masterKey.seal(key, ['user_key', user]));
}

type Version = SecretPlace & { version: number };

async function sealInner(
  tools: Tools,
  tx: Writer,
  place: Version,
  secret: string,
): Promise<{ bytes: Buffer; personal: string | null }> {
  const plain = Buffer.from(secret);
  if (!(await isPersonalAccount(tx, place.user, place.account))) return { bytes: plain, personal: null };
  const open = (await findOpenKey(tools, tx, place.user)) ?? tools.vault.lent.get(place.user) ?? null;
  if (open === null) throw await explainLocked(tools, tx, place.user);
  return { bytes: seal(open.key, plain, innerAad(place, open.id), tools.random), personal: open.id };
}

async function openInner(
  tools: Tools,
  tx: Writer,
  place: Version & { personal: string | null },
  bytes: Buffer,
): Promise<string> {
  if (place.personal === null) return bytes.toString();
  const open = await findOpenKey(tools, tx, place.user);
  if (open?.id !== place.personal) throw await explainLocked(tools, tx, place.user);
  // A rotated refresh token may come back after the user has signed out: it can still be kept.
  if (place.kind === 'oauth') lendKey(tools, place.user, open);
  return unseal(open.key, bytes, innerAad(place, open.id)).toString();
}

/** To seal something with it in this transaction: nobody renews it before the commit. */
export async function takeDataKey(
  tools: Pick<Tools, 'masterKey'>,
  tx: Writer,
  user: string,
): Promise<Buffer> {
  await lockUser(tx, user);
  return await openDataKey(tools, tx, user);
}

/** What a user's secrets stand under; MailError `unavailable` where the master key is another. */
export async function openDataKey(
  tools: Pick<Tools, 'masterKey'>,
  reader: Reader,
  user: string,
): Promise<Buffer> {
  const found = await findUser(reader, user);
  if (found === undefined) throw new Error(`no user ${user}`);
  return tools.masterKey.unseal(found.data_key, ['user_key', user]);
}

function aadOf(place: Omit<CredentialRecord, 'sealed'>): string[] {
  const plain = ['credential', place.user, place.account, place.kind, String(place.version)];
  return place.personal === null ? plain : [...plain, place.personal];
}

function innerAad(place: Version, personal: string): string[] {
  return ['personal', personal, place.user, place.account, place.kind, String(place.version)];
}
