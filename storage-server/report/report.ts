import type { Millis } from '../../common/time.ts';

/** RFC 3464 2.3.3. */
export const REPORT_ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
export type ReportAction = (typeof REPORT_ACTIONS)[number];

/** One recipient as another host reports him. */
export interface ReportedRecipient {
  /** Under which the mail may have been sent to him, in ASCII lower case where it matters not: Original-Recipient first. */
  addresses: string[];
  action: ReportAction;
  /** RFC 3463. */
  enhanced: string | null;
  code: number | null;
  /** The host that said so; null when the reporting one found it out itself. */
  host: string | null;
  /** That host's words. */
  line: string | null;
  lastAttempt: Millis | null;
  /** Until when it is tried again (RFC 3464 2.3.9). */
  until: Millis | null;
}

/** What a delivery status notification says, however it is written. */
export interface Report {
  /** ENVID as it was submitted: only hosts that had the mail know it. */
  envelopeId: string | null;
  /** Ids of our relay in the Received fields that came back. */
  queueIds: string[];
  /** Of the mail that it is about; in angle brackets. */
  messageIds: string[];
  recipients: ReportedRecipient[];
  /** Addresses that its text for people names. */
  mentioned: string[];
}
