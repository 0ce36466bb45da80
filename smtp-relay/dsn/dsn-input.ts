import type { Language } from '../../common/shapes/profile.ts';
import type { NoticeAction } from './choose-notices.ts';

/** One recipient as a DSN reports it (RFC 3464 2.3). */
export interface ReportedRecipient {
  address: string;
  action: NoticeAction;
  /** ORCPT as submitted, `type;xtext`; null when none was given. */
  original: string | null;
  enhanced: string;
  /** Host that said so, null when none was reached. */
  host: string | null;
  /** That host's line, or one of ours. */
  diagnostic: string | null;
  /** Whether a host said `diagnostic`. */
  saidByHost: boolean;
  /** A key of the error texts. */
  reason: string | null;
  /** It failed because it was tried for days in vain, not because somebody said so. */
  gaveUp: boolean;
  lastAttempt: Date;
  /** When it is given up; of what is delayed. */
  retryUntil: Date | null;
}

/** What goes back of the mail: its header block, or all of it. Lines end with CRLF. */
export interface Returned {
  kind: 'headers' | 'whole';
  bytes: Buffer;
}

export interface DsnInput {
  /** The relay's own name, without private data. */
  reporter: string;
  /** Envelope sender of the mail: it gets the DSN. */
  to: string;
  /** Of the reader; null: unknown, so both are written. */
  language: Language | null;
  envelopeId: string | null;
  queueId: string;
  arrived: Date;
  now: Date;
  messageId: string;
  boundary: string;
  recipients: readonly ReportedRecipient[];
  returned: Returned;
  /** Message-ID of the mail, for threading. */
  originalMessageId: string | null;
  /** Its subject as it stands in the header, on one line; null when there is none that ASCII can carry. */
  subject: string | null;
}
