import { MailError } from '../../common/errors.ts';
import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import type { ProfileContext } from '../context.ts';
import { deriveCode, isCode, TRIES_A_CODE } from './code-rule.ts';
import { closeCode, countTry, listOpenCodes } from './code-store.ts';
import { demandIdentity } from './list-senders.ts';
import { addProof } from './proof-store.ts';

/** What a code was derived with; see `deriveCode`. */
export const CODE_KEY = 'sender-code';

/**
 * The code that came to the identity's address proves it: typed in by the user (`code`), or found by his home in mail
 * that his account fetched (`mail`). MailError `invalid` (`sender-code`, `sender-code-expired`), `not-found`.
 */
export async function confirmCode(
  server: ProfileContext,
  user: string,
  input: { identity: string; code: string; how: 'code' | 'mail' },
): Promise<{ address: string }> {
  const outcome = await server.db.write(async (tx) => {
    const { address: shown } = await demandIdentity(tx, user, input.identity);
    const address = foldAsciiAddress(shown);
    const now = server.clock.now();
    const open = (await listOpenCodes(tx, user)).findLast((one) => one.address === address);
    if (open === undefined || open.expires_at <= now)
      return { address: shown, refused: 'sender-code-expired' };
    // The try is written down before the code is compared, and stays written when it was wrong.
    const tries = await countTry(tx, open.id);
    if (!isCode(deriveCode(server.masterKey.derive(CODE_KEY), open.id), input.code)) {
      if (tries >= TRIES_A_CODE) await closeCode(tx, open.id, 'dead');
      return { address: shown, refused: 'sender-code' };
    }
    await closeCode(tx, open.id, 'used');
    await addProof(tx, { user, address, how: input.how, at: now });
    return { address: shown, refused: null };
  });
  if (outcome.refused !== null) {
    throw new MailError('invalid', 'the code does not count', { reason: outcome.refused, field: 'code' });
  }
  server.log.info('sender.proven', { user, how: input.how });
  return { address: outcome.address };
}
