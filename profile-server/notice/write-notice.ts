import type { ProfileContext } from '../context.ts';
import { deriveCode } from '../sender/code-rule.ts';
import { findCode } from '../sender/code-store.ts';
import { CODE_KEY } from '../sender/confirm-code.ts';
import { NOTICE_TEXTS } from './notice-texts.ts';
import type { NoticeRecord } from './notice-store.ts';

/** The mail of a notice; null when what it tells of no longer counts. */
export async function writeNotice(
  server: ProfileContext,
  notice: NoticeRecord,
): Promise<{ from: string; message: string } | null> {
  const code = await findCode(server.db.read, notice.about);
  if (code === undefined || code.state !== 'open' || code.expires_at <= server.clock.now()) return null;
  const { from, publicUrl } = { from: server.settings.noticeFrom, publicUrl: server.settings.publicUrl };
  const digits = deriveCode(server.masterKey.derive(CODE_KEY), code.id);
  const { subject, text } = NOTICE_TEXTS[notice.language]['sender-code']({
    address: notice.recipient,
    code: `${digits.slice(0, 4)} ${digits.slice(4)}`,
    server: publicUrl,
  });
  const message = formatNotice({ from, to: notice.recipient, subject, text, code: digits });
  return { from, message };
}

/** A plain mail (RFC 5322) that no vacation notice answers (RFC 3834) and a home can find the code in. */
export function formatNotice(mail: {
  from: string;
  to: string;
  subject: string;
  text: string;
  code: string;
}): string {
  const body = Buffer.from(mail.text.replace(/\r?\n/g, '\r\n')).toString('base64');
  return [
    `From: Valija <${mail.from}>`,
    `To: <${mail.to}>`,
    `Subject: ${encodeWords(mail.subject)}`,
    'Auto-Submitted: auto-generated',
    `X-Valija-Sender-Code: ${mail.code}`,
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
