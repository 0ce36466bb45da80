import type { RecipientState } from './status.ts';

/** `queue list` and `queue show` of the contract: one recipient of one queued mail. */
export interface QueueItem {
  /** Of the mail. */
  id: string;
  /** Of this recipient alone. */
  recipientId: string;
  from: string;
  recipient: string;
  state: string;
  route: 'relay' | 'smarthost' | null;
  attempts: number;
  queuedAt: string;
  nextTry: string | null;
  size: number;
  error: string | null;
}

/** A try that was not the last word (`deferred`), or what somebody did (`by` tells who). */
export interface QueueEvent {
  at: string;
  event: 'deferred' | 'held' | 'released' | 'retried' | 'cancelled';
  by: string | null;
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  reason: string | null;
  serverLine: string | null;
}

export interface QueuedRecipientView {
  id: string;
  address: string;
  state: RecipientState;
  /** Being tried just now. */
  trying: boolean;
  /** What it becomes if what is being tried comes back deferred. */
  stop: 'held' | 'cancelled' | null;
  /** A pause keeps it back. */
  paused: boolean;
  attempts: number;
  lastAttempt: string | null;
  nextTry: string | null;
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  reason: string | null;
  serverLine: string | null;
  /** Oldest first; the last try stands in the fields above. */
  history: QueueEvent[];
}

/** `queue show`. */
export interface QueuedMailView {
  id: string;
  user: string;
  from: string;
  messageId: string | null;
  size: number;
  route: 'relay' | 'smarthost';
  account: string | null;
  priority: 'interactive' | 'bulk';
  queuedAt: string;
  /** When its last recipient was decided. */
  finishedAt: string | null;
  recipients: QueuedRecipientView[];
}

/** What an administrator stopped; `all`, or one destination (a domain, or `relay` for the operator's smarthost), or one account's smarthost. */
export interface PauseView {
  scope: 'all' | 'destination' | 'account';
  destination: string | null;
  account: string | null;
  reason: string;
  by: string;
  since: string;
  /** Recipients that it keeps back. */
  waiting: number;
}

/** `relay status`. */
export interface RelayStatus {
  pauses: PauseView[];
  waiting: { queued: number; deferred: number; held: number };
  /** When the oldest of them was queued. */
  oldest: string | null;
  /** Deliveries under way in the relay that answers. */
  active: number;
}
