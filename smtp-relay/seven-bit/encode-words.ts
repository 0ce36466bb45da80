/** A word of a header field, with the white space before it. */
export interface Word {
  gap: string;
  text: string;
}

/** Bytes in one encoded-word: 60 characters of base64, so that it stays below the 75 of RFC 2047 2. */
const MOST_BYTES = 45;
/** Of a line; longer only where one word is. */
const LONGEST = 76;

/** Text of any letters as encoded-words (RFC 2047), none of which cuts a character; readers drop the blanks between them. */
export function encodeWords(text: string): string[] {
  const pieces = [''];
  for (const sign of text) {
    const grown = `${pieces.at(-1)}${sign}`;
    if (Buffer.byteLength(grown) > MOST_BYTES) pieces.push(sign);
    else pieces[pieces.length - 1] = grown;
  }
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`);
}

/** The field, folded between words (RFC 5322 2.2.3), with CRLF. */
export function writeField(name: string, words: readonly Word[]): string {
  const lines = [`${name}:`];
  for (const { gap, text } of words) {
    const grown = `${lines.at(-1)}${gap}${text}`;
    if (grown.length > LONGEST && gap !== '' && lines.at(-1) !== `${name}:`) lines.push(`${gap}${text}`);
    else lines[lines.length - 1] = grown;
  }
  return `${lines.join('\r\n')}\r\n`;
}
