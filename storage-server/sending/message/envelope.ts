import { isMailAddress } from '../../../common/compose/check-address.ts';
import { foldAddress } from '../../../common/compose/recipients.ts';
import { findIdentity } from '../../../common/compose/identity.ts';
import { MailError } from '../../../common/errors.ts';
import type { Address } from '../../../common/shapes/address.ts';
import { RECIPIENT_LIMIT } from '../../../common/shapes/draft.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import { toAsciiAddress } from '../../../server-kit/mail-domain.ts';

export type RecipientField = 'to' | 'cc' | 'bcc';

/**
 * Who the mail goes to, each once. MailError `invalid` with the field and the address that cannot
 * be mailed to, or with reason `no-recipients`.
 */
export function readRecipients(lists: Record<RecipientField, readonly Address[]>): string[] {
  const seen = new Map<string, string>();
  for (const field of ['to', 'cc', 'bcc'] as const) {
    for (const one of lists[field]) {
      const address = one.address.trim();
      if (!isMailAddress(address)) {
        throw new MailError('invalid', 'not an address that mail can go to', {
          reason: 'recipient-address',
          field,
          params: { address: address === '' ? (one.name ?? '') : address },
        });
      }
      const key = foldAddress(address);
      if (!seen.has(key)) seen.set(key, toAsciiAddress(address));
    }
  }
  if (seen.size === 0)
    throw new MailError('invalid', 'nobody to send to', { reason: 'no-recipients', field: 'to' });
  if (seen.size > RECIPIENT_LIMIT) {
    throw new MailError('too-large', 'too many recipients', {
      reason: 'recipients',
      field: 'to',
      params: { limit: RECIPIENT_LIMIT },
    });
  }
  return [...seen.values()];
}

/**
 * The identity that a mail is sent as: by id, else by address, else the user's first.
 * MailError `route-refused` reason `not-your-address` when none of the user's owns it.
 */
export function pickSender(
  identities: readonly Identity[],
  wanted: { identity: string | null; from: string | null },
): Identity {
  const { identity, from } = wanted;
  const byId = identities.find((one) => one.id === identity);
  const found = byId ?? (from === null ? undefined : findIdentity(identities, from));
  if (found !== undefined) return found;
  if (from !== null) throw refuseSender(from);
  if (identity !== null) {
    throw new MailError('invalid', 'the identity is gone', { reason: 'identity-gone', field: 'from' });
  }
  const first = identities[0];
  if (first === undefined) {
    throw new MailError('invalid', 'the user has no address to send from', {
      reason: 'no-identity',
      field: 'from',
    });
  }
  return first;
}

export function refuseSender(address: string): MailError {
  return new MailError('route-refused', 'no identity of the user has this address', {
    reason: 'not-your-address',
    field: 'from',
    params: { from: address },
  });
}
