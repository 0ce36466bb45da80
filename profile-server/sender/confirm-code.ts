import { MailError } from '../../common/errors.ts';
import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { deriveCode, isCode, TRIES_A_CODE } from './code-rule.ts';
import { closeCode, countTry, listOpenCodes, type CodeRecord } from './code-store.ts';
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
    const refused = await takeCode(server, tx, { user, address, code: input.code, purpose: 'sender' });
    if (refused === null) await addProof(tx, { user, address, how: input.how, at: server.clock.now() });
    return { address: shown, refused };
  });
  demandTaken(outcome.refused);
  server.log.info('sender.proven', { user, how: input.how });
  return { address: outcome.address };
}

export type RefusedCode = 'sender-code' | 'sender-code-expired';

/** Takes the code that was mailed to the (folded) address; why not, or null. The transaction has to be committed either way: tries are counted. */
export async function takeCode(
  server: ProfileContext,
  tx: Writer,
  given: { user: string; address: string; code: string; purpose: CodeRecord['purpose'] },
): Promise<RefusedCode | null> {
  const codes = await listOpenCodes(tx, given.user, given.purpose);
  const open = codes.findLast((one) => one.address === given.address);
  if (open === undefined || open.expires_at <= server.clock.now()) return 'sender-code-expired';
  // The try is written down before the code is compared, and stays written when it was wrong.
  const tries = await countTry(tx, open.id);
  if (!isCode(deriveCode(server.masterKey.derive(CODE_KEY), open.id), given.code)) {
    if (tries >= TRIES_A_CODE) await closeCode(tx, open.id, 'dead');
    return 'sender-code';
  }
  await closeCode(tx, open.id, 'used');
  return null;
}

/** MailError `invalid` for a code that was refused. */
export function demandTaken(refused: RefusedCode | null): void {
  if (refused === null) return;
  throw new MailError('invalid', 'the code does not count', { reason: refused, field: 'code' });
}
