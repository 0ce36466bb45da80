/** States of one recipient of a sent mail. accepted = the next host answered 250. */
export const RECIPIENT_STATES = ['held', 'queued', 'accepted', 'deferred', 'failed', 'cancelled'] as const;
export type RecipientState = (typeof RECIPIENT_STATES)[number];

export const SEND_STATES = ['held', 'scheduled', 'queued', 'sent', 'partly', 'failed', 'cancelled'] as const;
export type SendState = (typeof SEND_STATES)[number];

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
}

/** STATUS of the contract. */
export interface SendStatus {
  id: string;
  messageId: string;
  state: SendState;
  at: string | null;
  recipients: RecipientStatus[];
}

/** The state of the mail as a whole, from those of its recipients once it has left the store. */
export function summariseRecipients(states: readonly RecipientState[]): SendState {
  if (states.length === 0 || states.some((s) => s === 'queued' || s === 'deferred')) return 'queued';
  if (states.every((s) => s === 'accepted')) return 'sent';
  if (states.every((s) => s === 'cancelled')) return 'cancelled';
  if (states.every((s) => s === 'held')) return 'held';
  return states.some((s) => s === 'accepted') ? 'partly' : 'failed';
}
