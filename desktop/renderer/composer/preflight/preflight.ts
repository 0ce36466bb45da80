import { queryOptions } from '@tanstack/react-query';
import type { DraftContent } from '../../../../common/shapes/draft.ts';
import type { Identity } from '../../../../common/shapes/identity.ts';
import type { RouteExplanation, RouteProblem } from '../../../../common/shapes/route.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { storageServer } from '../../session/clients.ts';
import { looksLikeAddress } from '../people/addresses.ts';

/** Who sends to whom, as far as it can be asked about. */
export interface Envelope {
  from: string;
  to: string[];
}

export interface Preflight {
  problems: RouteProblem[];
  /** The way to the first recipient, or to the sender himself; null when it is not known. */
  way: RouteExplanation | null;
}

/** Null until the sender and somebody to write to stand. */
export function readEnvelope(
  content: Pick<DraftContent, 'identity' | 'from' | 'to' | 'cc' | 'bcc'>,
  identities: readonly Identity[],
): Envelope | null {
  const from = identities.find(({ id }) => id === content.identity)?.address ?? content.from;
  const all = [...content.to, ...content.cc, ...content.bcc].map(({ address }) => address);
  const to = [...new Set(all.filter(looksLikeAddress))];
  return from === null || from === undefined || to.length === 0 ? null : { from, to };
}

/**
 * What is known to be wrong, and the way; with nobody in `to`, of the sender alone. Nothing is known while no answer comes:
 * that holds up nobody.
 */
export function preflightQuery({ from, to }: Envelope) {
  return queryOptions({
    queryKey: ['preflight', from, ...to] as const,
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }): Promise<Preflight> => {
      const { route } = storageServer();
      const [{ problems }, way] = await Promise.all([
        route.check.query({ from, to }, { signal }),
        route.explain.query({ from, to: to[0] ?? from }, { signal }).catch(() => null),
      ]);
      return { problems, way };
    },
  });
}

/** Something was put right. */
export function lookAgain(): void {
  void queries.invalidateQueries({ queryKey: ['preflight'] });
}

/** The problems that mark a recipient, by address. */
export function listDoubts(problems: readonly RouteProblem[]): ReadonlySet<string> {
  return new Set(problems.flatMap(({ address }) => (address === null ? [] : [address.toLowerCase()])));
}
