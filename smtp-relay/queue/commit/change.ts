import type { Millis } from '../../../common/time.ts';
import type { NewMail, Outcome, QueuedMail, QueuedRecipient } from '../queued-mail.ts';

/** Recipients that are this relay's from the moment on that they are in the queue: it has their mail in memory. */
export interface Claim {
  owner: string;
  /** When others may take them, unless it is renewed. */
  ends: Millis;
  /** By the recipient's number. */
  leases: readonly string[];
}

/** What became of a delivery. */
export interface Settlement {
  mail: Pick<QueuedMail, 'id' | 'user' | 'home' | 'sendKey'>;
  lease: string;
  recipients: readonly QueuedRecipient[];
  outcomes: readonly Outcome[];
  now: Millis;
  /** A report for the sender; kept only if one of the recipients that it is about is written by this delivery. */
  dsn: { raw: Uint8Array; about: readonly number[] } | null;
}

/** What is written together with others, in one transaction. */
export type Change =
  { kind: 'mail'; mail: NewMail; claim: Claim | null } | { kind: 'settlement'; settlement: Settlement };

export interface Enqueued {
  id: string;
  /** False when the same (user, send key) was queued before: `id` is that of the first. */
  added: boolean;
}

/** Writes changes in one durable transaction; answers in their order, null for a settlement. */
export type CommitChanges = (changes: readonly Change[]) => Promise<readonly (Enqueued | null)[]>;
