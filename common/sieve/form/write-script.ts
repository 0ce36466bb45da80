/** A string of a script (RFC 5228 2.4.2). */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** `require` for these, nothing for none. */
export function writeRequire(extensions: readonly string[]): string {
  if (extensions.length === 0) return '';
  const names = extensions.map(quote);
  return `require ${names.length === 1 ? names[0] : `[${names.join(', ')}]`};\n`;
}
