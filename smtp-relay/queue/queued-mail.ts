import type { Reason } from '../../common/reply/reply-class.ts';
import type { Millis } from '../../common/time.ts';

/** 0: somebody waits for it; 1: bulk, which lets those go first. */
export type Priority = 0 | 1;

/** RET of RFC 3461: how much of the mail a DSN returns; null when nothing was said. */
export interface DsnWish {
  ret: 'FULL' | 'HDRS' | null;
  /** ENVID of a program that names no send key with it; a DSN says it again. */
  envid?: string | null;
}

/**
 * What becomes of a recipient. `next_try` is null for all but queued and deferred; a mail is finished when none of its
 * recipients is queued, deferred or held.
 */
export type RecipientState = 'queued' | 'deferred' | 'held' | 'accepted' | 'failed' | 'cancelled';

/** A mail as the queue keeps it, without body and recipients. */
export interface QueuedMail {
  id: string;
  user: string;
  /** The storage-server that gets the results. */
  home: string;
  sendKey: string;
  /** Empty for the null sender. */
  mailFrom: string;
  /** The account whose smarthost takes it; null for our own way (MX or the operator's smarthost). */
  account: string | null;
  /** Its header holds UTF-8, or it was submitted with SMTPUTF8 (RFC 6531). */
  utf8: boolean;
  /** Holds bytes over 127 (RFC 6152). */
  eightBit: boolean;
  messageId: string | null;
  priority: Priority;
  /** REQUIRETLS (RFC 8689): only over verified TLS to hosts that say it too, else it comes back. */
  requireTls: boolean;
  /** `TLS-Required: No` (RFC 8689 5): arriving matters more than any TLS policy. */
  tlsOptional: boolean;
  dsn: DsnWish;
  size: number;
  queuedAt: Millis;
}

/** A mail as a submission hands it to the queue. */
export interface NewMail extends Omit<QueuedMail, 'size'> {
  recipients: { address: string; destination: string; notify: string | null; original: string | null }[];
  /** Another program of the user submitted it: its home takes a copy for Sent. */
  copy?: boolean;
  /** Exactly what leaves: lines end with CRLF. */
  body: Buffer;
}

/** One recipient of it; `notify` and `original` are NOTIFY and ORCPT (`type;xtext`) of RFC 3461. */
export interface QueuedRecipient {
  number: number;
  address: string;
  attempts: number;
  notify: string | null;
  original: string | null;
  /** The sender has been told that it takes long. */
  delayTold?: boolean;
}

/** Recipients of one mail towards one destination, held by this relay until the lease ends. */
export interface Delivery {
  mail: QueuedMail;
  destination: string;
  recipients: QueuedRecipient[];
  lease: string;
  /** When others may take it, as far as this relay knows; renewed while it waits here. */
  leaseEnds?: Millis;
  /** What leaves, when the mail is new here and still in memory; else it is read from the database. */
  body?: Buffer;
}

/** What became of one recipient in one try. */
export interface Outcome {
  number: number;
  state: 'accepted' | 'deferred' | 'failed';
  /** When it is tried again; null unless deferred. */
  nextTry: Millis | null;
  route: 'relay' | 'smarthost';
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  reason: Reason | null;
  serverLine: string | null;
  /** The next host takes over what NOTIFY asks (RFC 3461 5.2). */
  passesDsnOn?: boolean;
}
