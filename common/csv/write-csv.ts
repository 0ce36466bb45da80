/** Lines of RFC 4180, as every spreadsheet reads them. */
export function writeCsv(records: readonly (readonly (string | number | null)[])[]): string {
  return records.map((fields) => `${fields.map(writeField).join(',')}\r\n`).join('');
}

function writeField(field: string | number | null): string {
  const text = String(field ?? '');
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
