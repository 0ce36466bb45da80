/** Lines of RFC 4180, as every spreadsheet reads them; a text that it would take for a formula gets an apostrophe before it. */
export function writeCsv(records: readonly (readonly (string | number | null)[])[]): string {
  return records.map((fields) => `${fields.map(writeField).join(',')}\r\n`).join('');
}

function writeField(field: string | number | null): string {
  const text = typeof field === 'string' && /^([=+@\t\r]|-.)/.test(field) ? `'${field}` : String(field ?? '');
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
