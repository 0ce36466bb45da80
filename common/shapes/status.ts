import type { Address } from './address.ts';

/** States of one recipient of a sent mail. accepted = the next host answered 250. */
export type RecipientState = 'held' | 'queued' | 'accepted' | 'deferred' | 'failed' | 'cancelled';

export type SendState = 'held' | 'scheduled' | 'queued' | 'sent' | 'partly' | 'failed' | 'cancelled';

/** One recipient in STATUS of the contract: what its next host said last, and when it is tried again. */
export interface RecipientStatus {
  address: string;
  state: RecipientState;
  route: 'relay' | 'smarthost' | null;
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  attempts: number;
  lastAttempt: string | null;
  nextTry: string | null;
  reason: string | null;
  serverLine: string | null;
  /** When the last host said that it lies in the recipient's mailbox: a DSN of success came back. Homes fill it in. */
  deliveredAt?: string | null;
  /** The mail in which another host reported what `state` says (a DSN that came back later). Homes fill it in. */
  report?: string | null;
}

/** STATUS of the contract. */
export interface SendStatus {
  id: string;
  messageId: string;
  state: SendState;
  at: string | null;
  recipients: RecipientStatus[];
  /** Under which the relay keeps it, for `queue.retry` and the like; null or absent before a relay has it. */
  queueId?: string | null;
}

/** A mail that can still be taken back or given another time: it is held for undo, or scheduled. */
export interface WaitingSend extends SendStatus {
  subject: string;
  to: Address[];
}

/** The state of the mail as a whole, from those of its recipients once it has left the store. */
export function summariseRecipients(states: readonly RecipientState[]): SendState {
  if (states.length === 0 || states.some((s) => s === 'queued' || s === 'deferred')) return 'queued';
  if (states.every((s) => s === 'accepted')) return 'sent';
  if (states.every((s) => s === 'cancelled')) return 'cancelled';
  // Somebody holds it: it neither left nor failed as a whole, whatever became of the others.
  if (states.some((s) => s === 'held')) return 'held';
  return states.some((s) => s === 'accepted') ? 'partly' : 'failed';
}
