import { toAsciiDomain } from '../../server-kit/mail-domain.ts';

/** An e-mail address taken apart. */
export interface AddressParts {
  email: string;
  local: string;
  /** In lower case, as DNS wants it (A-labels). */
  domain: string;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** Null when nothing can be looked up for it: an address literal, a name without a dot, no valid domain. */
export function readAddress(text: string): AddressParts | null {
  const email = text.trim();
  const at = email.lastIndexOf('@');
  const domain = toAsciiDomain(email.slice(at + 1)) ?? '';
  if (at < 1 || !isHostName(domain)) return null;
  return { email, local: email.slice(0, at), domain };
}

/** A name with at least two labels that could stand in DNS; no IP address. */
export function isHostName(name: string): boolean {
  const labels = name.split('.');
  const last = labels.at(-1) ?? '';
  return (
    name.length <= 253 &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    /[a-z]/.test(last)
  );
}

export function isInside(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
