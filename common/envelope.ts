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
