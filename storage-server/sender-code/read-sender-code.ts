import { foldAddress } from '../../common/compose/recipients.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { findField, listFields, type RawFields } from '../filing/read-header.ts';
import { parseAddresses } from '../mime/addresses.ts';

/** A code that came to an address, and the identity that it proves. */
export interface ArrivedCode {
  identity: string;
  code: string;
}

/**
 * The code of a mail of Valija's own (`X-Valija-Sender-Code`) that an account fetched, if it went to one of the account's
 * own senders: whoever fetches its maildrop reads what comes to the address. Null for every other mail.
 */
export function readSenderCode(fields: RawFields, senders: readonly Identity[]): ArrivedCode | null {
  const code = /^\d{8}$/.exec(findField(fields, 'x-valija-sender-code') ?? '')?.[0];
  if (code === undefined || findField(fields, 'auto-submitted') !== 'auto-generated') return null;
  const [to, ...others] = listFields(fields, 'to').flatMap((value) => parseAddresses(value, 2));
  if (to === undefined || others.length > 0) return null;
  const identity = senders.find(({ address }) => foldAddress(address) === foldAddress(to.address));
  return identity === undefined ? null : { identity: identity.id, code };
}
