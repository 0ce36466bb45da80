/** Text of a value (RFC 6350 3.4). */
export function unescapeText(value: string): string {
  return value.replace(/\\([nN,;:\\])/g, (_, char: string) => (/n/i.test(char) ? '\n' : char)).trim();
}

export function escapeText(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** Parts of a structured value or a list, unescaped. */
export function splitValue(value: string, by: ';' | ','): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value.charAt(at) === '\\') at += 1;
    else if (value.charAt(at) === by) {
      parts.push(value.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, value.slice(from)].map(unescapeText);
}

/** Characters of a line, as common/shapes/contact.ts has it. */
const LINE = 500;

export function cleanLine(text: string, length = LINE): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .slice(0, length)
    .toWellFormed()
    .trim();
}
