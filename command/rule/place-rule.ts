/**
 * A position for a rule that is to run as the `place`th (from 1) of all; others stay where they are. Beyond the last it
 * comes last. `positions`: those of the other rules, in their order.
 */
export function choosePosition(positions: readonly number[], place: number): number {
  const before = positions[Math.min(place - 1, positions.length) - 1];
  const after = positions[place - 1];
  if (before === undefined) return after === undefined ? 1 : after / 2;
  return after === undefined ? Math.floor(before) + 1 : (before + after) / 2;
}
