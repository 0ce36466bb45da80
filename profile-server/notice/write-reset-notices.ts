import type { ProfileContext } from '../context.ts';
import { deriveResetCode } from '../reset/reset-code.ts';
import { findReset } from '../reset/reset-store.ts';
import { hashSecretCode } from '../secret-code.ts';
import { deriveCode } from '../sender/code-rule.ts';
import { findCode } from '../sender/code-store.ts';
import { CODE_KEY } from '../sender/confirm-code.ts';
import { findUser } from '../user/user-store.ts';
import { formatNotice } from './format-notice.ts';
import type { NoticeRecord } from './notice-store.ts';
import { RESET_TEXTS } from './reset-texts.ts';

type Written = { from: string; message: string } | null;

/** The code that proves a second address. */
export async function writeSecondAddressCode(server: ProfileContext, notice: NoticeRecord): Promise<Written> {
  const code = await findCode(server.db.read, notice.about);
  if (code === undefined || code.state !== 'open' || code.expires_at <= server.clock.now()) return null;
  const digits = deriveCode(server.masterKey.derive(CODE_KEY), code.id);
  return await write(server, notice, 'secondAddress', `${digits.slice(0, 4)} ${digits.slice(4)}`);
}

/** The code for a new password. */
export async function writeResetCode(server: ProfileContext, notice: NoticeRecord): Promise<Written> {
  const reset = await findReset(server.db.read, notice.about);
  if (reset === undefined || reset.state !== 'open' || reset.expires_at <= server.clock.now()) return null;
  const code = deriveResetCode(server, reset.id);
  return hashSecretCode(code) === reset.code_hash ? await write(server, notice, 'reset', code) : null;
}

async function write(
  server: ProfileContext,
  notice: NoticeRecord,
  kind: 'secondAddress' | 'reset',
  code: string,
): Promise<Written> {
  const user = await findUser(server.db.read, notice.user);
  if (user === undefined) return null;
  const { noticeFrom: from, publicUrl } = server.settings;
  const { subject, text } = RESET_TEXTS[notice.language][kind]({ code, server: publicUrl, name: user.name });
  return { from, message: formatNotice({ from, to: notice.recipient, subject, text, fields: [] }) };
}
