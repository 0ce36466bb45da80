import type { Writer } from '../../../server-kit/database/database.ts';
import { seal, unseal } from '../../vault/seal.ts';
import { findTotp, putTotp } from './totp-store.ts';

/** The app's secret of a user whose data key is renewed: from `before` to `key`. */
export async function resealTotp(
  tx: Writer,
  user: string,
  keys: { before: Uint8Array; key: Uint8Array },
  random: (size: number) => Uint8Array,
): Promise<void> {
  const totp = await findTotp(tx, user);
  if (totp === undefined) return;
  const aad = ['totp', user, totp.id];
  const sealed = seal(keys.key, unseal(keys.before, totp.sealed, aad), aad, random);
  await putTotp(tx, { ...totp, sealed });
}
