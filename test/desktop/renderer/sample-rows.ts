import type { MailRow } from '../../../common/shapes/mail.ts';

/** An unread mail in the inbox of that day of November 2026. */
export function makeRow(id: string, day: number, change: Partial<MailRow> = {}): MailRow {
  const date = `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  return {
    id,
    threadId: `t-${id}`,
    mailbox: 'mbx_in',
    role: 'inbox',
    accounts: ['acc_a'],
    from: [],
    to: [],
    subject: id,
    date,
    received: date,
    size: 1,
    flags: [],
    labels: [],
    attachments: 0,
    snippet: '',
    ...change,
  };
}
