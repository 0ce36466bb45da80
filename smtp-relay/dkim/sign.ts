import type { Millis } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { toSevenBit } from '../seven-bit/to-seven-bit.ts';
import { domainOf } from '../route/destination.ts';
import { chooseSigningKeys, type IsPublished } from './choose-keys.ts';
import type { FindKeys } from './keys.ts';
import { isSigned, signMessage } from './sign-message.ts';

/** The message with its DKIM-Signatures in front when there are keys for the domain of `from`, else as it is. */
export type SignMessage = (from: string, message: Buffer) => Promise<Buffer>;

export function makeSigner(options: {
  findKeys: FindKeys;
  isPublished: IsPublished;
  now: () => Millis;
  log: Logger;
}): SignMessage {
  const { findKeys, isPublished, now, log } = options;
  return async (from, message) => {
    const domain = domainOf(from);
    const keys = await chooseSigningKeys(await findKeys(domain), isPublished);
    if (keys.length === 0) return message;
    try {
      // What a host converts later would break the signature. What somebody else signed is left as it is.
      const sent = isSigned(message) ? message : (toSevenBit(message) ?? message);
      return Buffer.concat([await signMessage(sent, keys, now()), sent]);
    } catch (error) {
      // Unsigned mail still arrives, mostly; mail that stays here does not.
      log.error('dkim.failed', { domain, error });
      return message;
    }
  };
}
