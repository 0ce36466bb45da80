/** Endings of types whose own name is none that people or programs know. */
const ENDINGS: Readonly<Record<string, string>> = { plain: 'txt', calendar: 'ics' };

/** What a part of a mail is called as a file; by its place and type where its sender gave it no name. */
export function namePart({ id, name, type }: { id: string; name: string | null; type: string }): string {
  if (name !== null) return name;
  if (/^message\/rfc822$/i.test(type)) return `mail-${id}.eml`;
  const subtype = /^[a-z]+\/([a-z0-9]{1,8})$/i.exec(type)?.[1]?.toLowerCase();
  return subtype === undefined ? `part-${id}` : `part-${id}.${ENDINGS[subtype] ?? subtype}`;
}
