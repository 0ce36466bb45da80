import ipaddr from 'ipaddr.js';
import { MailError } from '../../common/errors.ts';

export type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Parses the CIDRs of VALIJA_ALLOW_NETWORKS; a bare address means just that one. MailError `usage` names the bad one. */
export function parseNetworks(texts: readonly string[]): Network[] {
  return texts.map((text) => {
    try {
      if (text.includes('/')) return ipaddr.parseCIDR(text);
      const address = ipaddr.parse(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    } catch (error) {
      throw new MailError('usage', `${text} is no network`, {
        field: 'VALIJA_ALLOW_NETWORKS',
        reason: 'setting',
        params: { setting: 'VALIJA_ALLOW_NETWORKS', expected: '10.0.0.0/8,127.0.0.1' },
        cause: error,
      });
    }
  });
}

/** IPv4-compatible addresses (RFC 4291 2.5.5.1, deprecated): an IPv4 address of any range stands in them. */
const COMPATIBLE = ipaddr.parseCIDR('::/96') as [ipaddr.IPv6, number];

/** Whether an address lies on the public internet: not private, loopback, link-local, metadata, multicast or a tunnel to one of them. */
export function isPublicAddress(text: string): boolean {
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && address.match(COMPATIBLE)) return false;
  return address.range() === 'unicast';
}

export function isInNetworks(text: string, networks: readonly Network[]): boolean {
  const address = ipaddr.process(text);
  return networks.some(
    ([network, bits]) => address.kind() === network.kind() && address.match([network, bits]),
  );
}
