import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import type { Logger } from '../../server-kit/log.ts';
import { domainOf } from '../route/destination.ts';
import type { DkimKey } from './keys.ts';

/** The message with a DKIM-Signature in front (RFC 6376) when there is a key for the domain of `from`, else as it is. */
export type SignMessage = (from: string, message: Buffer) => Promise<Buffer>;

export function makeSigner(findKey: (domain: string) => Promise<DkimKey | null>, log: Logger): SignMessage {
  return async (from, message) => {
    const key = await findKey(domainOf(from));
    if (key === null) return message;
    const { domain, selector, privateKey } = key;
    // The list is what signs; the types demand the same at the top, where it is only a default.
    const one = { signingDomain: domain, selector, privateKey };
    const { signatures, errors } = await dkimSign(message, { ...one, signatureData: [one] });
    // Unsigned mail still arrives, mostly; mail that stays here does not.
    if (errors && errors.length > 0) log.error('dkim.failed', { domain, error: errors[0]?.err });
    return Buffer.concat([Buffer.from(signatures), message]);
  };
}
