import type { ProfileContext } from '../context.ts';
import { deriveCode } from '../sender/code-rule.ts';
import { findCode } from '../sender/code-store.ts';
import { CODE_KEY } from '../sender/confirm-code.ts';
import { formatNotice } from './format-notice.ts';
import type { NoticeRecord } from './notice-store.ts';
import { NOTICE_TEXTS } from './notice-texts.ts';

/** The mail with a code that proves a sender's address; a home finds the code in its header too. */
export async function writeSenderCode(
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
  const fields = [`X-Valija-Sender-Code: ${digits}`];
  return { from, message: formatNotice({ from, to: notice.recipient, subject, text, fields }) };
}
