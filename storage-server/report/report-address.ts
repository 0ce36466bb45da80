/** An address as it stands somewhere in a text; deliberately simple: what it finds is compared with what is known. */
export const ADDRESS = /[^\s<>()[\]{}"',;:=]{1,64}@[^\s<>()[\]{}"',;:=]{1,255}/gu;

/** All addresses of a text, without what stands around them, each once. */
export function listAddresses(text: string): string[] {
  const found = text.match(ADDRESS) ?? [];
  return [...new Set(found.map((one) => one.replace(/\.+$/, '')))];
}

/**
 * The addresses that a field such as `rfc822;name@host` may mean. Some hosts leave xtext (RFC 3461 4) as it came, and
 * RFC 6533 3 writes letters beyond ASCII as `\x{hex}` where it must.
 */
export function readRecipientField(value: string): string[] {
  const bare = value.replace(/^[\w-]+\s*;\s*/, '').trim();
  const decoded = bare
    .replace(/\\x\{([0-9A-Fa-f]{1,6})\}/g, (_all, hex: string) => toCharacter(parseInt(hex, 16)))
    .replace(/\+([0-9A-F]{2})/g, (_all, hex: string) => toCharacter(parseInt(hex, 16)));
  return [...new Set([bare, decoded].flatMap(listAddresses))];
}

function toCharacter(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
