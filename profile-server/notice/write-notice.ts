import { writeAlertNotice } from '../alert/write-alert-notice.ts';
import type { ProfileContext } from '../context.ts';
import type { NoticeRecord } from './notice-store.ts';
import { writeResetCode, writeSecondAddressCode } from './write-reset-notices.ts';
import { writeSenderCode } from './write-sender-code.ts';

/** Makes the mail of a notice; null when what it tells of no longer counts. */
export type NoticeWriter = (
  server: ProfileContext,
  notice: NoticeRecord,
) => Promise<{ from: string; message: string } | null>;

const WRITERS: Record<NoticeRecord['kind'], NoticeWriter> = {
  'sender-code': writeSenderCode,
  'second-address': writeSecondAddressCode,
  reset: writeResetCode,
  alert: writeAlertNotice,
};

/** The mail of a notice; null when what it tells of no longer counts. */
export async function writeNotice(
  server: ProfileContext,
  notice: NoticeRecord,
): Promise<{ from: string; message: string } | null> {
  return await WRITERS[notice.kind](server, notice);
}
