import { MINUTE, type Millis } from '../../../common/time.ts';
import type { Priority } from '../queued-mail.ts';

/** Bulk is due this much later than it says, as long as others wait: it is overtaken, and never for long. */
const BULK_WAITS: Millis = MINUTE;

/** Who is due first; smaller goes first. */
export function turnOf(due: Millis, priority: Priority): Millis {
  return due + (priority === 1 ? BULK_WAITS : 0);
}
