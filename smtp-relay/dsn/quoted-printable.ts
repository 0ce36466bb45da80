/** Text in quoted-printable (RFC 2045 6.7), as UTF-8; lines end with CRLF and have at most 76 characters. */
export function encodeQuotedPrintable(text: string): string {
  return text.split('\r\n').map(encodeLine).join('\r\n');
}

const LONGEST = 76;

function encodeLine(line: string): string {
  const signs = (line.match(/./gsu) ?? []).map(encodeSign);
  const last = signs.length - 1;
  // A blank at the end would be lost on the way.
  if (signs[last] === ' ' || signs[last] === '\t') signs[last] = signs[last] === ' ' ? '=20' : '=09';
  const lines: string[] = [];
  let current = '';
  for (const sign of signs) {
    if (current.length + sign.length > LONGEST - 1) {
      lines.push(`${current}=`);
      current = '';
    }
    current += sign;
  }
  return [...lines, current].join('\r\n');
}

function encodeSign(sign: string): string {
  if (/^[\t !-<>-~]$/.test(sign)) return sign;
  return [...Buffer.from(sign)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
