/** Rules stand this far apart, so that one can be put between two others without changing them. */
const STEP = 1000;

interface Placed {
  id: string;
  position: number;
}

/** Position of a new rule: behind all others. */
export function placeLast(rules: readonly Pick<Placed, 'position'>[]): number {
  return Math.max(0, ...rules.map(({ position }) => position)) + STEP;
}

/**
 * The positions to be changed so that the rule stands one place higher (`by` -1) or lower (1); mostly one. Where no number
 * is left between its neighbours, all are numbered anew.
 */
export function moveRule(rules: readonly Placed[], id: string, by: -1 | 1): Placed[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= rules.length) return [];
  const order = rules.filter((rule) => rule.id !== id);
  const before = to === 0 ? 0 : order[to - 1]!.position;
  const after = order[to]?.position ?? before + 2 * STEP;
  const position = (before + after) / 2;
  if (position > before && position < after && after - before > 1e-3) return [{ id, position }];
  const all = [...order.slice(0, to), rules[from]!, ...order.slice(to)];
  return all
    .map((rule, index) => ({ id: rule.id, position: (index + 1) * STEP }))
    .filter((rule) => rules.find((one) => one.id === rule.id)?.position !== rule.position);
}
