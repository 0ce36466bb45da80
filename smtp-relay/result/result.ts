import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { CopyNews } from '../copy/copy.ts';

/**
 * What a home takes from the outbox of this relay: the new state of one recipient, a DSN
 * (`raw`: base64 of the message), or a copy to fetch for Sent. `seq` rises by one for each result of that home.
 */
export type Result =
  | { seq: number; user: string; sendKey: string; kind: 'recipient'; recipient: RecipientStatus }
  | { seq: number; user: string; sendKey: string; kind: 'dsn'; raw: string }
  | ({ seq: number; user: string; sendKey: string; kind: 'copy' } & CopyNews);
