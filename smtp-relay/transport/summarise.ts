import type { Refusal } from '../reply/classify.ts';
import type { Reason } from '../../common/reply/reply-class.ts';
import type { NextHop } from '../route/next-hop.ts';
import type { ShipmentResult } from './shipment.ts';

/** A host that took up no session, and why. */
export interface RefusedHost {
  refusal: Refusal;
  host: string;
}

/** What is said when no host of the hop took up a session. */
export function summarise(hop: NextHop, refused: readonly RefusedHost[]): RefusedHost {
  // While one of them may still take it, it is not refused for good.
  const open = refused.filter(({ refusal }) => refusal.outcome === 'temporary');
  const telling = open.length > 0 ? open : refused;
  // A host that was reached and said no tells more than one that was not.
  const found = telling.findLast(({ refusal }) => refusal.code !== null) ?? telling.at(-1);
  if (found === undefined) throw new Error('a hop without a host');
  const one = hop.kind === 'mx' && hop.guarded ? { ...found, refusal: nameOwn(found.refusal) } : found;
  // Whoever publishes MX hosts that do not exist or are private will not mend it for us; a smarthost
  // in an account can be mended by the user, or by the operator's allowed networks.
  const hopeless = (reason: Reason): boolean =>
    reason === 'host-not-allowed' || reason === 'dns/unknown-host';
  const final = hop.kind === 'mx' && hop.guarded && refused.every(({ refusal }) => hopeless(refusal.reason));
  return final ? { ...one, refusal: { ...one.refusal, outcome: 'permanent', enhanced: '5.4.4' } } : one;
}

/**
 * Of a recipient that a host had no time for: the later one's word, unless only the earlier said anything. What we say
 * ourselves of a later host (too small for the mail, without SMTPUTF8) ends no mail that the first may take tomorrow.
 */
export function chooseTelling(earlier: ShipmentResult | undefined, later: ShipmentResult): ShipmentResult {
  const isMute = later.state !== 'accepted' && later.code === null;
  return isMute && typeof earlier?.code === 'number' ? earlier : later;
}

/** Name and port of a recipient's host are nothing that the sender could check. */
function nameOwn(refusal: Refusal): Refusal {
  return refusal.reason === 'connect-refused' ? { ...refusal, reason: 'connect-refused/mx' } : refusal;
}
