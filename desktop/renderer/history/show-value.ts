const LONGEST = 300;

/** A value of a field for people: lists by their words, markup as its text; '' for none. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value) ? value.map(showOne).filter(Boolean).join(', ') : showOne(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function showOne(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const { text, ...rest } = value as { text?: unknown };
  // Of a signature its plain text says enough.
  if (typeof text === 'string') return text;
  return Object.values(rest)
    .filter((one) => typeof one === 'string' && one !== '')
    .join(' ');
}
