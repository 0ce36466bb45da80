import type { QueuedMail } from './queued-mail.ts';

/** Columns of a mail without its body, as both engines return them. */
export interface MailRow {
  id: string;
  user: string;
  home: string;
  send_key: string;
  mail_from: string;
  account: string | null;
  utf8: number;
  eight_bit: number;
  message_id: string | null;
  priority: number;
  require_tls: number;
  tls_optional: number;
  dsn_ret: string | null;
  envid: string | null;
  size: number;
  queued_at: number;
}

export const MAIL_COLUMNS =
  'id, user, home, send_key, mail_from, account, utf8, eight_bit, message_id, priority, require_tls, tls_optional, dsn_ret, envid, size, queued_at';

export function toQueuedMail(row: MailRow): QueuedMail {
  return {
    id: row.id,
    user: row.user,
    home: row.home,
    sendKey: row.send_key,
    mailFrom: row.mail_from,
    account: row.account,
    utf8: row.utf8 === 1,
    eightBit: row.eight_bit === 1,
    messageId: row.message_id,
    priority: row.priority === 1 ? 1 : 0,
    requireTls: row.require_tls === 1,
    tlsOptional: row.tls_optional === 1,
    dsn: {
      ret: row.dsn_ret === 'FULL' || row.dsn_ret === 'HDRS' ? row.dsn_ret : null,
      envid: row.envid,
    },
    size: row.size,
    queuedAt: row.queued_at,
  };
}
