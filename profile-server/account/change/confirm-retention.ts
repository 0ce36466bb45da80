import type { JWK } from 'jose';
import type { Reader } from '../../../server-kit/database/database.ts';
import {
  refuseConfirmation,
  verifyRetentionConfirmation,
  type RetentionClaims,
} from '../../../server-kit/auth/retention-confirmation.ts';
import type { ProfileContext } from '../../context.ts';
import { findPart } from '../../part/part-store.ts';
import { findUser } from '../../user/user-store.ts';

/**
 * The user's home has shown him what this contract would delete of this account, within ten minutes, and he agreed.
 * MailError `invalid` reason `retention-unconfirmed`, `retention-expired` or
 * `retention-maildrop`, field `settings.keep`.
 */
export async function demandConfirmation(
  server: Pick<ProfileContext, 'clock' | 'log'>,
  reader: Reader,
  wanted: Omit<RetentionClaims, 'count'>,
  confirmation: string | null,
): Promise<void> {
  const home = (await findUser(reader, wanted.user))?.home ?? null;
  const part = home === null ? undefined : await findPart(reader, home);
  if (confirmation === null || part?.state !== 'active') throw refuseConfirmation('retention-unconfirmed');
  const signer = { part: part.id, publicJwk: JSON.parse(part.public_jwk) as JWK };
  const shown = await verifyRetentionConfirmation(confirmation, signer, server.clock);
  const { user, account, keep } = wanted;
  if (shown.user !== user || shown.account !== account || shown.keep !== keep) {
    throw refuseConfirmation('retention-unconfirmed');
  }
  if (shown.maildrop !== wanted.maildrop) throw refuseConfirmation('retention-maildrop');
  server.log.info('retention.confirmed', { account, keep, count: shown.count });
}
