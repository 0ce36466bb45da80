import { domainToASCII } from 'node:url';

/** `<…@domain>` with 128 random bits and the domain of the address that it is sent from (RFC 5322 3.6.4). */
export function makeMessageId(address: string, random: (size: number) => Uint8Array): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1));
  const valid = /^[a-z0-9][a-z0-9.-]{0,252}$/i.test(domain);
  return `<${Buffer.from(random(16)).toString('hex')}@${valid ? domain : 'localhost'}>`;
}
