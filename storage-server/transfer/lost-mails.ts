import { MailError } from '../../common/errors.ts';
import type { Skipped } from './found-mail.ts';

/** Named in the trailer of an export, which has to stay a header; all are counted. */
const MOST_NAMED = 100;

/** Told of each mail whose bytes are not to be had. */
export type OnLost = (mail: { id: string; size: number }, error: MailError) => void;

/** Mails that an export passed over. */
export class LostMails {
  readonly named: Skipped[] = [];
  count = 0;
  bytes = 0;

  readonly add: OnLost = ({ id, size }, { code, reason }) => {
    this.count += 1;
    this.bytes += size;
    if (this.named.length < MOST_NAMED) this.named.push({ source: id, code, reason });
  };
}

/** Whether it tells of bytes that are damaged or gone; anything else concerns more than one mail. */
export function isLost(error: unknown): error is MailError {
  return (
    error instanceof MailError && ['backup-damaged', 'blob', 'blob-damaged'].includes(error.reason ?? '')
  );
}
