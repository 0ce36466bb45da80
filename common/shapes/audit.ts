/** Somebody or something that an entry names; `name` null where it is gone, or is no user. */
export interface Named {
  id: string;
  name: string | null;
}

/** One act in the audit log. */
export interface AuditEntryView {
  seq: number;
  /** ISO 8601. */
  at: string;
  /** The user or part that acted; `system` is the server itself. */
  actor: Named;
  action: string;
  subject: Named;
  detail: Record<string, string | number>;
}

export interface AuditPage {
  /** Newest first. */
  entries: AuditEntryView[];
  /** `before` of the page after; null at the end. */
  next: number | null;
}

export interface AuditVerification {
  whole: boolean;
  /** The first entry that was changed or is missing; null when the chain is whole. */
  brokenAt: number | null;
  entries: number;
  /** Hash of the last entry: who keeps it elsewhere notices that the end was cut off and the counter set back. */
  head: string | null;
}
