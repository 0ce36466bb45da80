/** A value as part of a distinguished name (RFC 4514 2.4): what is typed can add no attribute to it. */
export function escapeDnValue(value: string): string {
  return value.replace(/^[ #]|[\\,+"<>;=]|\0| $/g, (sign) => (sign === '\0' ? '\\00' : `\\${sign}`));
}

/** A value as part of a filter (RFC 4515 3): what is typed stands for itself only. */
export function escapeFilterValue(value: string): string {
  return value.replace(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** A template with `{name}` filled in. */
export function fillTemplate(template: string, name: string, escapeValue: (value: string) => string): string {
  return template.replaceAll('{name}', () => escapeValue(name));
}
