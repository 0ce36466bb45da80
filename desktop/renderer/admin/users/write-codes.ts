import { writeCsv } from '../../../../common/csv/write-csv.ts';

/** The codes of an import as a file for a mail merge or a printer; `server` is the address of the client. */
export function writeCodes(codes: readonly { name: string; code: string }[], server: string): string {
  const rows = codes.map(({ name, code }) => [name, code, writeInvitation(server, code)]);
  return writeCsv([['name', 'code', 'link'], ...rows]);
}

/** Whoever opens it has the code typed in already. */
export function writeInvitation(server: string, code: string): string {
  return `${server}/#/register?invite=${encodeURIComponent(code)}`;
}
