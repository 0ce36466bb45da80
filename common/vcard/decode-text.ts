/** Bytes stand in strings here, one character for each: cards of one file may be in several charsets. */

/** What windows-1252 has where ISO 8859-1 has controls. */
const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Text of bytes: as UTF-8 where they are, else as the charset says or as windows-1252. */
export function decodeBytes(bytes: string, charset: string | undefined): string {
  if (/^[\u0000-\u007f]*$/.test(bytes)) return bytes;
  const latin = charset !== undefined && /^(?:iso-?8859-?1|latin-?1|windows-1252|cp1252)$/i.test(charset);
  const utf8 = latin ? null : decodeUtf8(bytes);
  if (utf8 !== null) return utf8;
  const euro = charset !== undefined && /8859-?15/.test(charset);
  return bytes.replace(/[\u0080-\u009f\u00a4]/g, (char) => {
    if (char === '\u00a4') return euro ? '€' : char;
    return C1.charAt(char.charCodeAt(0) - 0x80);
  });
}

/** Null for what is not UTF-8. */
function decodeUtf8(bytes: string): string | null {
  try {
    return decodeURIComponent(
      bytes.replace(/[%\u0080-\u00ff]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return null;
  }
}

export function decodeQuotedPrintable(text: string): string {
  return text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A file's bytes, those of UTF-16 and with a mark of order before them too, in UTF-8. */
export function normaliseBytes(bytes: string): string {
  const [first, second] = [bytes.charCodeAt(0), bytes.charCodeAt(1)];
  const little = first === 0xff && second === 0xfe;
  if (!little && !(first === 0xfe && second === 0xff)) return bytes.replace(/^\u00ef\u00bb\u00bf/, '');
  let text = '';
  for (let at = 2; at + 1 < bytes.length; at += 2) {
    const [a, b] = [bytes.charCodeAt(at), bytes.charCodeAt(at + 1)];
    text += String.fromCharCode(little ? a | (b << 8) : (a << 8) | b);
  }
  return encodeUtf8(text);
}

/** Bytes of text, for what is text already. */
export function encodeUtf8(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
