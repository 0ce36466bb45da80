/** Whether an error says that an index's file is damaged: it can be made anew from the mails. */
export function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(code) || isDamaged(error.cause);
}
