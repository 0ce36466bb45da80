/** How names of mailboxes, templates and groups are compared: by their letters, whatever their case and form (NFKC). */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
