/** Undoes percent-encoding, as of `mailto:` and `cid:` addresses (RFC 2392 2); text that is none stays as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
