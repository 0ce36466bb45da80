import { createHmac } from 'node:crypto';
import type { ProfileContext } from '../context.ts';

/** 128 bits that only the holder of the key can tell from the id: a mail is written long after the reset was made, and nothing of the code is stored. */
export function deriveResetCode(server: Pick<ProfileContext, 'masterKey'>, id: string): string {
  return createHmac('sha256', server.masterKey.derive('reset-code'))
    .update(id)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
    .replace(/^-/, 'A')
    .replace(/^_/, 'B');
}
