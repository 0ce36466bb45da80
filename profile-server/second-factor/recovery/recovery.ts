import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { hashRecoveryCode, makeRecoveryCodes, normaliseRecoveryCode } from './recovery-rule.ts';
import { putRecoveryCodes, useRecoveryCode } from './recovery-store.ts';

/** Ten new codes in place of those before, told this once. */
export async function renewRecoveryCodes(
  server: ProfileContext,
  tx: Writer,
  user: string,
): Promise<string[]> {
  const codes = makeRecoveryCodes(server.random);
  const hashes = codes.map((code) => hashRecoveryCode(user, normaliseRecoveryCode(code) ?? ''));
  await putRecoveryCodes(tx, user, hashes, server.clock.now());
  return codes;
}

/** Whether it is one of the user's that was not used yet; it is used by that. */
export async function takeRecoveryCode(
  server: ProfileContext,
  user: string,
  typed: string,
): Promise<boolean> {
  const signs = normaliseRecoveryCode(typed);
  if (signs === null) return false;
  const hash = hashRecoveryCode(user, signs);
  return await server.db.write(async (tx) => await useRecoveryCode(tx, user, hash));
}
