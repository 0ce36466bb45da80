/** The form in which host names are compared: in lower case, without the dot of the root (RFC 1034 3.1). */
export function foldHost(host: string): string {
  return host.trim().toLowerCase().replace(/\.$/, '');
}

/** The domain of an e-mail address in that form: what follows the last `@`. Empty when there is none. */
export function readDomain(email: string): string {
  const at = email.lastIndexOf('@');
  return at === -1 ? '' : foldHost(email.slice(at + 1));
}
