import type { Refusal } from '../reply/classify.ts';
import type { Reason } from '../../common/reply/reply-class.ts';
import type { NextHop } from '../route/next-hop.ts';

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
  const one = telling.findLast(({ refusal }) => refusal.code !== null) ?? telling.at(-1);
  if (one === undefined) throw new Error('a hop without a host');
  // Whoever publishes MX hosts that do not exist or are private will not mend it for us; a smarthost
  // in an account can be mended by the user, or by the operator's allowed networks.
  const hopeless = (reason: Reason): boolean =>
    reason === 'host-not-allowed' || reason === 'dns/unknown-host';
  const final = hop.kind === 'mx' && hop.guarded && refused.every(({ refusal }) => hopeless(refusal.reason));
  return final ? { ...one, refusal: { ...one.refusal, outcome: 'permanent', enhanced: '5.4.4' } } : one;
}
