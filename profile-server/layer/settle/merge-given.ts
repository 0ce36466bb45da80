import { isFields, isSame } from '../../../common/profile/merge-values.ts';

/**
 * What becomes of an item when its layer says something: locked, it is as the layer has it; else what the user has changed
 * since stays his, field by field, also inside of fields. `applied` is what the layer said before, undefined at first.
 * Null: the user has removed it.
 */
export function mergeGiven(known: {
  current: unknown;
  applied: unknown;
  wished: unknown;
  locked: boolean;
}): unknown {
  const { current, applied, wished, locked } = known;
  if (locked) return wished;
  if (applied === undefined) return current ?? wished;
  if (current === null || current === undefined) return null;
  return mergeField(current, applied, wished);
}

function mergeField(current: unknown, applied: unknown, wished: unknown): unknown {
  if (isSame(current, applied)) return wished;
  if (!isFields(current) || !isFields(applied) || !isFields(wished)) return current;
  const names = new Set([...Object.keys(wished), ...Object.keys(current)]);
  const merged = [...names].map(
    (name) => [name, mergeField(current[name], applied[name], wished[name])] as const,
  );
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}
