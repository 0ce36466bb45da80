import { MailError } from '../../common/errors.ts';
import { type Network, isInNetworks, isPublicAddress } from './networks.ts';

export type EgressUse = 'mail' | 'http' | 'directory';

/** Ports that may be reached without an allowed network. */
const OPEN_PORTS: Record<EgressUse, ReadonlySet<number>> = {
  mail: new Set([110, 995, 25, 465, 587, 2525]),
  http: new Set([80, 443]),
  // LDAP, and Active Directory's global catalogue.
  directory: new Set([389, 636, 3268, 3269]),
};

export interface EgressQuestion {
  host: string;
  port: number;
  use: EgressUse;
  addresses: readonly string[];
  allowed: readonly Network[];
}

/**
 * Refuses with `host-not-allowed` when any address of the name is neither public nor allowed: one
 * forbidden address among several would be enough for a rebinding name. The answer never tells
 * whether something listens there.
 */
export function checkEgress(question: EgressQuestion): void {
  const { host, port, use, addresses, allowed } = question;
  const everyAllowed = addresses.every((address) => isInNetworks(address, allowed));
  if (everyAllowed) return;
  const refuse = (reason: string): MailError =>
    new MailError('host-not-allowed', `${host}:${port} may not be reached from here`, {
      reason,
      params: { host, port },
      field: 'host',
    });
  const reachable = addresses.every((address) => isPublicAddress(address) || isInNetworks(address, allowed));
  if (!reachable) throw refuse('network');
  if (!OPEN_PORTS[use].has(port)) throw refuse('port');
}
