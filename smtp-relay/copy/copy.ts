import type { Millis } from '../../common/time.ts';

/** What a home hears of a mail that another program of its user submitted here: enough for a row in Sent with its status. */
export interface CopyNews {
  /** Of the queue; `GET /copy/QUEUEID` gives the bytes. */
  queueId: string;
  size: number;
  /** Empty for the null sender. */
  mailFrom: string;
  messageId: string | null;
  queuedAt: Millis;
  /** Of the envelope, those of Bcc too. */
  recipients: string[];
}
