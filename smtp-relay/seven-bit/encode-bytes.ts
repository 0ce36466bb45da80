const LONGEST = 76;

/** Text of any charset in quoted-printable (RFC 2045 6.7), byte by byte: its lines stay lines, ending with CRLF. */
export function encodeQuotedPrintable(body: Buffer): Buffer {
  const lines = body.toString('latin1').split('\r\n');
  return Buffer.from(lines.map(encodeLine).join('\r\n'), 'latin1');
}

function encodeLine(line: string): string {
  const coded = line
    // eslint-disable-next-line no-control-regex -- these cannot stand in text
    .replace(/[\u0000-\u0008\u000a-\u001f=\u007f-\u00ff]|[ \t]$/g, encodeByte)
    // What some hosts change: mbox's mark, and the end of the data.
    .replace(/^(?:From |\.$)/, (start) => encodeByte(start) + start.slice(1));
  if (coded.length <= LONGEST) return coded;
  // Never cut within an escape.
  return (coded.match(/(?:=[0-9A-F]{2}|[^=]){1,25}/g) ?? []).reduce((text, piece) => {
    const last = text.length - (text.lastIndexOf('\r\n') + 1);
    return last + piece.length >= LONGEST ? `${text}=\r\n${piece}` : text + piece;
  }, '');
}

function encodeByte(text: string): string {
  return `=${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** RFC 2045 6.8. */
export function encodeBase64(body: Buffer): Buffer {
  const lines = body.toString('base64').match(/.{1,76}/g) ?? [];
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
}
