import { MailError } from '../../common/errors.ts';
import { isInNetworks, parseNetworks } from '../../server-kit/egress/networks.ts';

/** `10.1.0.0/16`, `2001:db8::/32` or one address, written in one way; MailError `invalid` field `network`. */
export function checkNetwork(text: string): string {
  try {
    const [first] = parseNetworks([text.trim()]);
    if (first !== undefined) return `${first[0].toString()}/${first[1]}`;
  } catch {
    // Said below, in words of this list.
  }
  throw new MailError('invalid', `no network: ${text}`, {
    field: 'network',
    reason: 'lab-network',
    params: { network: text },
  });
}

/** Whether the address of a peer lies in one of the networks. */
export function liesWithin(address: string, networks: readonly string[]): boolean {
  try {
    return isInNetworks(address, parseNetworks(networks));
  } catch {
    // What is no address lies nowhere.
    return false;
  }
}
