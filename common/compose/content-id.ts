/** A Content-ID as a header has it, without its brackets (RFC 2392 2). */
export function bareContentId(contentId: string): string {
  return contentId.trim().replace(/^<|>$/g, '');
}

/** What stands behind `cid:` in an address, where it may be percent-encoded (RFC 2392 2). */
export function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
