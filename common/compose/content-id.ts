/** What stands behind `cid:` in an address, where it may be percent-encoded (RFC 2392 2). */
export function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
