import {
  baseOf,
  countClasses,
  listKinds,
  listOfOneBase,
  listPlaces,
  nameCell,
  type Place,
  type UseCells,
} from './use-cells.ts';

/**
 * What is not shown of a period. A pattern is a set of hidden cells whose values could all be others, together, without any
 * shown number being another: a cell in a pattern can be computed from nothing that is shown.
 */
export interface Hidden {
  names: Set<string>;
  patterns: string[][];
}

/**
 * Hides each cell behind which fewer than `least` users stand, and others with it so that none can be computed: the hypercube
 * method (Repsilber 1994), with what several tables have in common hidden in all of them. Of the patterns that would do,
 * the one that hides the fewest users is taken.
 */
export function hideCells(use: UseCells, least: number): Hidden {
  const hidden: Hidden = { names: new Set(), patterns: [] };
  const places = [...listPlaces(use.segments)];
  const usersOf = (name: string): number => use.cells.get(name)?.users ?? 0;
  const primary = places.filter((place) => usersOf(nameCell(place)) < least);
  // With hardly any users there is nothing to tell; a total of everybody is never hidden otherwise.
  const totals = primary.filter(({ segment, bucket }) => segment === null && bucket === null);
  if (totals.length > 0) {
    const bases = new Set(totals.map(({ measure }) => baseOf(measure)));
    for (const place of places) if (bases.has(baseOf(place.measure))) hidden.names.add(nameCell(place));
    hidden.patterns.push([...hidden.names]);
  }
  const covered = new Set(hidden.names);
  const costOf = (names: readonly string[]): number =>
    names.reduce((cost, name) => cost + (hidden.names.has(name) ? 0 : 1 + usersOf(name)), 0);
  for (const place of primary) hidden.names.add(nameCell(place));
  for (const place of primary) {
    if (covered.has(nameCell(place))) continue;
    let best: { names: string[]; cost: number } | null = null;
    for (const names of listPatterns(use, place, costOf)) {
      const cost = costOf(names);
      if (best === null || cost < best.cost) best = { names, cost };
      if (cost === 0) break;
    }
    if (best === null) throw new Error(`nothing hides ${nameCell(place)}`);
    hidden.patterns.push(best.names);
    for (const name of best.names) {
      hidden.names.add(name);
      covered.add(name);
    }
  }
  return hidden;
}

type CostOf = (names: readonly string[]) => number;

/** The patterns around a place. */
function* listPatterns(use: UseCells, place: Place, costOf: CostOf): Generator<string[]> {
  const { kind, segment, measure, bucket } = place;
  const otherBuckets = Array.from({ length: countClasses(measure) }, (_, one) => one).filter(
    (one) => one !== bucket,
  );
  const otherSegments = use.segments[kind].filter((one) => one !== segment);
  if (segment !== null && bucket !== null) {
    for (const other of otherSegments) {
      for (const one of otherBuckets) {
        yield [segment, other].flatMap((who) =>
          [bucket, one].map((which) => nameCell({ ...place, segment: who, bucket: which })),
        );
      }
    }
  }
  if (bucket !== null) {
    for (const one of otherBuckets) yield* optional(hidePairOfClasses(use, place, [bucket, one], costOf));
  }
  if (segment !== null) {
    for (const other of otherSegments) yield hidePairOfSegments(place, [segment, other], costOf);
  }
}

function* optional(names: string[] | null): Generator<string[]> {
  if (names !== null) yield names;
}

/** Two classes of everybody, and the same two of one segment of each kind; of the place's own segment where it has one. */
function hidePairOfClasses(
  use: UseCells,
  place: Place,
  pair: readonly number[],
  costOf: CostOf,
): string[] | null {
  const names = pair.map((bucket) => nameCell({ ...place, segment: null, bucket }));
  for (const kind of listKinds(place.measure)) {
    const segments = place.segment !== null && kind === place.kind ? [place.segment] : use.segments[kind];
    const cheapest = findCheapest(
      segments.map((segment) => pair.map((bucket) => nameCell({ ...place, kind, segment, bucket }))),
      costOf,
    );
    if (cheapest === null) return null;
    names.push(...cheapest);
  }
  return names;
}

/** The totals of two segments, and the same two of one class of each measure that adds up to them. */
function hidePairOfSegments(place: Place, pair: readonly string[], costOf: CostOf): string[] {
  const { kind } = place;
  const names = pair.map((segment) => nameCell({ ...place, segment, bucket: null }));
  for (const measure of listOfOneBase(kind, place.measure)) {
    const buckets =
      place.bucket !== null && measure === place.measure
        ? [place.bucket]
        : Array.from({ length: countClasses(measure) }, (_, bucket) => bucket);
    const choices = buckets.map((bucket) =>
      pair.map((segment) => nameCell({ kind, segment, measure, bucket })),
    );
    names.push(...(findCheapest(choices, costOf) ?? []));
  }
  return names;
}

function findCheapest(choices: readonly string[][], costOf: CostOf): string[] | null {
  let best: { names: string[]; cost: number } | null = null;
  for (const names of choices) {
    const cost = costOf(names);
    if (best === null || cost < best.cost) best = { names, cost };
  }
  return best?.names ?? null;
}
