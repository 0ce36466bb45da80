import { isFields, listChangedFields, type Fields } from '../../common/profile/merge-values.ts';

/** One field before and after; values as people can read them, cut where they are long; null for none. */
export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** Characters of a value that are shown. */
const LONGEST = 200;
/** What no person reads: an item's own id, and a card as it came in. */
const SILENT = new Set(['id', 'vcard', 'position']);

/**
 * What one change of an item changed, by fields and, of fields with parts (`pop3.host`), by these; values are JSON. A value
 * without fields, such as a preference, is the field `value`.
 */
export function describeChange(before: string | null, after: string | null): FieldChange[] {
  const [from, to] = [parse(before), parse(after)];
  if (!isFields(from ?? {}) || !isFields(to ?? {}))
    return [{ field: 'value', before: show(from), after: show(to) }];
  return compare('', (from ?? {}) as Fields, (to ?? {}) as Fields);
}

function compare(prefix: string, from: Fields, to: Fields): FieldChange[] {
  return listChangedFields(from, to).flatMap((name) => {
    if (SILENT.has(name)) return [];
    const [before, after] = [from[name] ?? null, to[name] ?? null];
    const nested = prefix === '' && isFields(before ?? {}) && isFields(after ?? {}) && before !== after;
    if (nested) return compare(`${name}.`, (before ?? {}) as Fields, (after ?? {}) as Fields);
    const shown = { field: prefix + name, before: show(before), after: show(after) };
    return shown.before === null && shown.after === null ? [] : [shown];
  });
}

function parse(value: string | null): unknown {
  return JSON.parse(value ?? 'null');
}

function show(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = Array.isArray(value) ? value.map((one) => showOne(one)).join(', ') : showOne(value);
  if (text === '') return null;
  return text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;
}

function showOne(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  // An address, a number or a member says most by its first word.
  const words = Object.values(value).filter((one) => typeof one === 'string' && one !== '');
  return words.join(' ');
}
