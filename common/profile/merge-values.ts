import type { ItemValue } from '../shapes/profile.ts';

/** `fields` are those that both changed, to different values; empty where the whole value is one field. */
export type Merged = { value: ItemValue } | { conflict: string[] };

/** A value of a profile item that has names for its parts. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Brings two changes of one value together, field by field: `base` is what both began with. A list keeps what either
 * added and loses what either took out. Nothing of either is lost: where both changed the same field it is a conflict.
 */
export function mergeValues(base: ItemValue, theirs: ItemValue, mine: ItemValue): Merged {
  if (isSame(mine, theirs) || isSame(mine, base)) return { value: theirs };
  if (isSame(theirs, base)) return { value: mine };
  if (!isFields(base) || !isFields(theirs) || !isFields(mine)) {
    const list = mergeLists(base, theirs, mine);
    return list === null ? { conflict: [] } : { value: list };
  }
  const merged: Record<string, unknown> = {};
  const conflict: string[] = [];
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base)])) {
    const field = mergeField(base[name], theirs[name], mine[name]);
    if (field === null) conflict.push(name);
    else if (field.value !== undefined) merged[name] = field.value;
  }
  return conflict.length > 0 ? { conflict } : { value: merged };
}

/** Names of the fields in which two values differ; empty where one of them has no fields. */
export function listChangedFields(before: unknown, after: unknown): string[] {
  if (!isFields(before) || !isFields(after)) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSame(before[name], after[name]));
}

function mergeField(base: unknown, theirs: unknown, mine: unknown): { value: unknown } | null {
  if (isSame(mine, theirs) || isSame(mine, base)) return { value: theirs };
  if (isSame(theirs, base)) return { value: mine };
  const list = mergeLists(base, theirs, mine);
  return list === null ? null : { value: list };
}

/**
 * Lists of words or of things: numbers in a list mean their place. Null where both took out the same one and put others
 * in, which may be two changes of one thing, or where one of them brought the same things into another order.
 */
function mergeLists(base: unknown, theirs: unknown, mine: unknown): unknown[] | null {
  if (!isList(base) || !isList(theirs) || !isList(mine)) return null;
  const [before, there, here] = [base, theirs, mine].map(
    (list) => new Map(list.map((one) => [writeCanonical(one), one])),
  ) as [Map<string, unknown>, Map<string, unknown>, Map<string, unknown>];
  const without = (from: Map<string, unknown>, other: Map<string, unknown>): string[] =>
    [...from.keys()].filter((key) => !other.has(key));
  const [goneThere, goneHere] = [without(before, there), without(before, here)];
  const [newThere, newHere] = [without(there, before), without(here, before)];
  const bothTook = goneThere.some((key) => goneHere.includes(key));
  if (bothTook && newThere.length > 0 && newHere.length > 0) return null;
  // They differ from what stood there, yet nothing came or went: only the order changed.
  if (goneThere.length + newThere.length === 0 || goneHere.length + newHere.length === 0) return null;
  const kept = [...there].filter(([key]) => !goneHere.includes(key)).map(([, one]) => one);
  return [...kept, ...newHere.filter((key) => !there.has(key)).map((key) => here.get(key))];
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every((one) => typeof one !== 'number');
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values say the same, whatever the order of their fields. */
export function isSame(a: unknown, b: unknown): boolean {
  return writeCanonical(a) === writeCanonical(b);
}

/** JSON whose keys stand in one order. */
function writeCanonical(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
  return text ?? 'absent';
}
