/** UTF-8 without a TextEncoder, which pure code has not; lone surrogates become U+FFFD. For names, not for mail. */
export function encodeUtf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text.toWellFormed());
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at += 1) {
    if (escaped[at] === '%') {
      bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
      at += 2;
    } else bytes.push(escaped.charCodeAt(at));
  }
  return Uint8Array.from(bytes);
}

/** Latin-1 where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  let latin = '';
  let escaped = '';
  for (const byte of bytes) {
    latin += String.fromCharCode(byte);
    escaped += `%${byte.toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return latin;
  }
}
