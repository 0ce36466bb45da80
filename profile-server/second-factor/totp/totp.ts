import { makeId } from '../../../common/ids.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { openDataKey, takeDataKey } from '../../vault/keep-secret.ts';
import { seal, unseal } from '../../vault/seal.ts';
import { decodeSecret, encodeSecret, matchTotp, readTotpCode } from './totp-rule.ts';
import { findTotp, putTotp, useStep } from './totp-store.ts';

/** Whether the code is right now, and of no step used before; it is used by that. */
export async function useTotp(server: ProfileContext, user: string, typed: string): Promise<boolean> {
  const code = readTotpCode(typed);
  const totp = code === null ? undefined : await findTotp(server.db.read, user);
  if (code === null || totp === undefined) return false;
  const secret = await openTotpSecret(server, server.db.read, totp);
  const now = server.clock.now();
  const step = matchTotp(secret, code, now, totp.last_step);
  if (step === null) return false;
  return await server.db.write(async (tx) => await useStep(tx, user, step, now));
}

/** Keeps an app whose first code, of `step`, was right; the one that was before is good for nothing any more. */
export async function keepTotp(
  server: ProfileContext,
  tx: Writer,
  user: string,
  kept: { secret: string; step: number },
): Promise<void> {
  const id = makeId('totp', server.random);
  const key = await takeDataKey(server, tx, user);
  const sealed = seal(key, decodeSecret(kept.secret), ['totp', user, id], server.random);
  const at = server.clock.now();
  await putTotp(tx, { user, id, sealed, last_step: kept.step, created_at: at, last_used: null });
}

async function openTotpSecret(
  server: ProfileContext,
  reader: Reader,
  totp: { user: string; id: string; sealed: Buffer },
): Promise<string> {
  const key = await openDataKey(server, reader, totp.user);
  return encodeSecret(unseal(key, totp.sealed, ['totp', totp.user, totp.id]));
}
