import type { AlertMessage } from '../../common/shapes/alert.ts';
import type { ProfileContext } from '../context.ts';
import { formatNotice } from '../notice/format-notice.ts';
import type { NoticeRecord } from '../notice/notice-store.ts';
import { writeAlertText } from './alert-texts.ts';
import { findDelivery } from './delivery-store.ts';

/** The mail of one message about an alert; null when its target was removed. */
export async function writeAlertNotice(
  server: Pick<ProfileContext, 'db' | 'settings'>,
  notice: NoticeRecord,
): Promise<{ from: string; message: string } | null> {
  const delivery = await findDelivery(server.db.read, notice.about);
  if (delivery === undefined) return null;
  const { subject, text } = writeAlertText(JSON.parse(delivery.body) as AlertMessage, notice.language);
  const from = server.settings.noticeFrom;
  return { from, message: formatNotice({ from, to: notice.recipient, subject, text }) };
}
