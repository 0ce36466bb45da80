import type { ErrorParams } from '../errors.ts';
import type { Language } from '../shapes/profile.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import type { ErrorText, ErrorTexts } from './error-text.ts';

const TABLES: Record<Language, ErrorTexts> = { en, es };

/** What of an error chooses and fills its sentence: a MailError, a WireError, or only the code of an account's problem. */
export interface Describable {
  code: string;
  reason?: string | null | undefined;
  params?: ErrorParams | undefined;
  field?: string | null;
  retryAfter?: number | null;
}

/** The sentence of an error for people. Codes that the tables do not know read as `internal`. */
export function describeError(error: Describable, language: Language): ErrorText {
  const table = TABLES[language];
  const values: ErrorParams = { ...error.params };
  if (error.field) values['field'] ??= error.field;
  if (typeof error.retryAfter === 'number') values['n'] ??= Math.max(1, Math.ceil(error.retryAfter));
  for (const key of listKeys(error)) {
    const text = Object.hasOwn(table, key) ? fillText(table[key], values) : null;
    if (text !== null) return text;
  }
  return table.internal;
}

function listKeys({ code, reason, retryAfter, field }: Describable): string[] {
  const keys = [];
  // Only that it did not fit is known: the field says more.
  if (field && (!reason || reason === 'input')) keys.push(`${code}/field/${field}`);
  if (reason) keys.push(`${code}/${reason}`);
  if (typeof retryAfter === 'number') keys.push(`${code}/wait`);
  if (field) keys.push(`${code}/field`);
  keys.push(code);
  return keys;
}

/** Null when a place has no value. */
function fillText(text: ErrorText | undefined, values: ErrorParams): ErrorText | null {
  if (text === undefined) return null;
  const message = fillPlaces(text.message, values);
  const action = text.action === null ? null : fillPlaces(text.action, values);
  return message === null || (action === null && text.action !== null) ? null : { message, action };
}

function fillPlaces(sentence: string, values: ErrorParams): string | null {
  let complete = true;
  const filled = sentence.replace(/\{(\w+)\}/g, (_place, name: string) => {
    if (Object.hasOwn(values, name)) return String(values[name]);
    complete = false;
    return '';
  });
  return complete ? filled : null;
}
