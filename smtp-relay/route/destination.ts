import { splitAddress } from '../../common/envelope.ts';
import { toAsciiDomain } from '../../server-kit/mail-domain.ts';

/** All mail that the operator's smarthost takes shares one destination. */
const OPERATOR_DESTINATION = 'relay';

/**
 * Where recipients wait for each other: claims are grouped and concurrency is counted by it. One for
 * each account's smarthost (connections are never shared between credentials), one for each domain by MX.
 */
export function destinationOf(
  address: string,
  route: { account: string | null; operatorSmarthost: boolean },
): string {
  if (route.account !== null) return `account:${route.account}`;
  if (route.operatorSmarthost) return OPERATOR_DESTINATION;
  return `mx:${domainOf(address)}`.slice(0, 300);
}

/** The recipient's domain in its ASCII form; empty for what has none. */
export function domainOf(address: string): string {
  return toAsciiDomain(splitAddress(address)?.domain ?? '') ?? '';
}
