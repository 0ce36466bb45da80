import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { CopyNews } from '../copy/copy.ts';

/**
 * What a home takes from the outbox of this relay: the new state of one recipient, a DSN
 * (`raw`: base64 of the message), or a copy to fetch for Sent. `seq` rises by one for each result of that home;
 * `queueId` is null in results from before it was kept.
 */
export type Result =
  | (ResultBase & { queueId: string | null; kind: 'recipient'; recipient: RecipientStatus })
  | (ResultBase & { queueId: string | null; kind: 'dsn'; raw: string })
  | (ResultBase & { kind: 'copy' } & CopyNews);

interface ResultBase {
  seq: number;
  user: string;
  sendKey: string;
}
