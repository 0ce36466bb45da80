/** mailFrom and rcptTo of a mail, apart from what its headers say (RFC 5321 2.3.1). `from` is empty for the null sender. */
export interface Envelope {
  from: string;
  to: string[];
}

/** RFC 5321 4.5.3.1.3 with room for UTF-8 (RFC 6531). */
export const MAX_ADDRESS_LENGTH = 320;

/** Local part and domain, split at the last `@`; null when one of them is missing. */
export function splitAddress(address: string): { local: string; domain: string } | null {
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return null;
  return { local: address.slice(0, at), domain: address.slice(at + 1) };
}

/** The form in which addresses are compared: domain without case (RFC 5321 2.4), local part as it is. */
export function normaliseAddress(address: string): string {
  const parts = splitAddress(address);
  return parts === null ? address : `${parts.local}@${parts.domain.toLowerCase()}`;
}

/** Whether sending to or from it needs SMTPUTF8 in the local part; a domain has an ASCII form (RFC 6531 3.2). */
export function hasUtf8LocalPart(address: string): boolean {
  return !isAscii(splitAddress(address)?.local ?? address);
}

export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** xtext of RFC 3461 4 for printable ASCII values such as a send key in ENVID. */
export function encodeXtext(value: string): string {
  return value.replace(/[^!-*,-<>-~]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0xff) throw new RangeError('xtext holds bytes only');
    return `+${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

export function decodeXtext(text: string): string {
  return text.replace(/\+([0-9A-F]{2})/g, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
