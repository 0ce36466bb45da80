import { getDomain } from 'tldts';

/**
 * The organisational domain (RFC 7489 3.2): the public suffix and one label, private suffixes such as `github.io`
 * counted; a public suffix is its own.
 */
export function findOrganisation(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true, validateHostname: false }) ?? domain;
}

/** Identifier alignment (RFC 7489 3.1): `s` wants the very same domain, `r` the same organisation. */
export function isAligned(domain: string, from: string, mode: 'r' | 's'): boolean {
  if (domain === '' || from === '') return false;
  return mode === 's' ? domain === from : findOrganisation(domain) === findOrganisation(from);
}
