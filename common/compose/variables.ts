import type { Identity } from '../shapes/identity.ts';
import type { Language } from '../shapes/profile.ts';
import { escapeHtml } from './html-tokens.ts';

/** What signatures and templates may name, as `{{name}}`; `group` and `user` are the organisation's. */
export const VARIABLES = ['name', 'email', 'date', 'time', 'group', 'user'] as const;
export type Variable = (typeof VARIABLES)[number];
/** What is not known stays as it was typed. */
export type VariableValues = Partial<Record<Variable, string>>;

const PLACE = /\{\{\s*([a-z]{1,20})\s*\}\}/gi;

/** Puts the values in; names that nobody knows stay, so that a typing error can be seen. */
export function expandVariables(text: string, values: VariableValues): string {
  return text.replace(PLACE, (place, name: string) => values[name.toLowerCase() as Variable] ?? place);
}

/** The same inside of HTML: a value is text, never markup. */
export function expandInHtml(html: string, values: VariableValues): string {
  return html.replace(PLACE, (place, name: string) => {
    const value = values[name.toLowerCase() as Variable];
    return value === undefined ? place : escapeHtml(value);
  });
}

/** Names in the text that no variable has, each once. */
export function listUnknownVariables(text: string): string[] {
  const names = [...text.matchAll(PLACE)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => !VARIABLES.includes(name.toLowerCase() as Variable)))];
}

/** `at` in milliseconds; an unknown time zone counts as UTC. */
export function makeVariables(
  identity: Pick<Identity, 'name' | 'address'> | null,
  options: { at: number; language: Language; timeZone: string | null; user?: string; group?: string },
): VariableValues {
  const { user, group } = options;
  return {
    ...(identity === null ? {} : { name: identity.name ?? '', email: identity.address }),
    date: show(options, { day: 'numeric', month: 'long', year: 'numeric' }),
    time: show(options, { hour: '2-digit', minute: '2-digit' }),
    ...(user === undefined ? {} : { user }),
    ...(group === undefined ? {} : { group }),
  };
}

function show(
  { at, language, timeZone }: { at: number; language: Language; timeZone: string | null },
  fields: Intl.DateTimeFormatOptions,
): string {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  const write = (zone: string | null): string =>
    new Intl.DateTimeFormat(locale, { ...fields, ...(zone === null ? {} : { timeZone: zone }) }).format(at);
  try {
    return write(timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return write('UTC');
  }
}
