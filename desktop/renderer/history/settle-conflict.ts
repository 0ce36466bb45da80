import { isSame, mergeValues, type Fields } from '../../../common/profile/merge-values.ts';

/** Fields that both changed, to different values: only these are asked about. */
export function listConflicts(before: Fields | null, theirs: Fields, mine: Fields): string[] {
  const merged = mergeValues(before, theirs, mine);
  if ('value' in merged) return [];
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  // Of what nobody knows how it was before, every difference is asked about.
  return merged.conflict.length > 0
    ? merged.conflict
    : [...names].filter((name) => !isSame(theirs[name], mine[name]));
}

/** The value with what either changed alone, and of the fields in conflict what was chosen; `taken` are theirs. */
export function settleConflict(
  before: Fields | null,
  theirs: Fields,
  mine: Fields,
  taken: ReadonlySet<string>,
): Fields {
  const asked = listConflicts(before, theirs, mine);
  const agreed = { ...mine, ...Object.fromEntries(asked.map((name) => [name, theirs[name]])) };
  const merged = mergeValues(before, theirs, agreed);
  const base = ('value' in merged ? merged.value : agreed) as Fields;
  const own = asked.filter((name) => !taken.has(name)).map((name) => [name, mine[name]]);
  return { ...base, ...Object.fromEntries(own) };
}
