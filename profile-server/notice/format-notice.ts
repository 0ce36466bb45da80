import { toAsciiAddress } from '../../server-kit/mail-domain.ts';

/** A plain mail (RFC 5322) that no vacation notice answers (RFC 3834). */
export function formatNotice(mail: {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** Further lines of the header. */
  fields?: readonly string[];
}): string {
  const body = Buffer.from(mail.text.replace(/\r?\n/g, '\r\n')).toString('base64');
  return [
    `From: Valija <${mail.from}>`,
    `To: <${toAsciiAddress(mail.to)}>`,
    `Subject: ${encodeWords(mail.subject)}`,
    'Auto-Submitted: auto-generated',
    ...(mail.fields ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(body.match(/.{1,76}/g) ?? []),
    '',
  ].join('\r\n');
}

/** RFC 2047, in words of at most 75 characters, never cut inside a letter. */
function encodeWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let piece = '';
  for (const letter of text) {
    if (Buffer.byteLength(piece + letter) > 42) {
      words.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...words, piece].map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}
