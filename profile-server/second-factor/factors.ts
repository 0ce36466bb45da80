import type { FactorList } from '../../common/shapes/factor.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { readPolicy } from '../policy/read-policy.ts';
import type { SessionRecord } from '../session/session-store.ts';
import { listOpeningPasskeys, removePasskeyWrapsOf } from '../vault/personal/passkey/wrap-store.ts';
import { findPersonalKey } from '../vault/personal/personal-key-store.ts';
import { readPasskeyPlace } from './passkey/passkey-rule.ts';
import { listPasskeysOf, removePasskeysOf, type PasskeyRecord } from './passkey/passkey-store.ts';
import { countRecoveryCodes, removeRecoveryCodesOf } from './recovery/recovery-store.ts';
import { findTotp, removeTotpOf } from './totp/totp-store.ts';

/** What a user has to prove itself by beside a password. Recovery codes alone are none. */
export interface Factors {
  totp: boolean;
  /** Those that are good. */
  passkeys: PasskeyRecord[];
  recoveryLeft: number;
}

export async function readFactors(reader: Reader, user: string): Promise<Factors> {
  const passkeys = await listPasskeysOf(reader, user);
  return {
    totp: (await findTotp(reader, user)) !== undefined,
    passkeys: passkeys.filter(({ suspect }) => suspect === 0),
    recoveryLeft: await countRecoveryCodes(reader, user),
  };
}

export function hasFactor({ totp, passkeys }: Factors): boolean {
  return totp || passkeys.length > 0;
}

/** Whether the policy demands a second factor in this session, and neither its user has one nor did a provider ask for it. */
export async function lacksDemandedFactor(
  reader: Reader,
  session: Pick<SessionRecord, 'user' | 'outer_factor'>,
): Promise<boolean> {
  const { user, outer_factor: outer } = session;
  if (outer === 1 || (await readPolicy(reader, user)).secondFactor !== 'required') return false;
  return !hasFactor(await readFactors(reader, user));
}

/** As their user sees them. */
export async function listFactors(server: ProfileContext, user: string): Promise<FactorList> {
  const { read } = server.db;
  const totp = await findTotp(read, user);
  const passkeys = await listPasskeysOf(read, user);
  const opening = await listOpeningPasskeys(read, user);
  return {
    totp:
      totp === undefined
        ? null
        : { createdAt: formatTime(totp.created_at), lastUsed: formatTime(totp.last_used) },
    passkeys: passkeys.map(({ id, name, created_at, last_used, synced, suspect }) => ({
      id,
      name,
      createdAt: formatTime(created_at),
      lastUsed: formatTime(last_used),
      synced: synced === 1,
      suspect: suspect === 1,
      opens: suspect === 0 && opening.includes(id),
    })),
    recoveryLeft: await countRecoveryCodes(read, user),
    required: (await readPolicy(read, user)).secondFactor === 'required',
    passkeysPossible: readPasskeyPlace(server.settings.publicUrl) !== null,
    opening: (await findPersonalKey(read, user)) !== undefined,
  };
}

/** All of them, as a reset can ask for; whether there were any. */
export async function removeFactorsOf(tx: Writer, user: string): Promise<boolean> {
  const totp = await removeTotpOf(tx, user);
  const passkeys = await removePasskeysOf(tx, user);
  await removePasskeyWrapsOf(tx, user);
  await removeRecoveryCodesOf(tx, user);
  return totp || passkeys > 0;
}
