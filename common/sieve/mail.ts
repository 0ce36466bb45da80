/** A mail as rules see it. Bytes stand as characters of the same number ("binary" strings), nothing is decoded. */
export interface SieveMail {
  /** Header fields in their order: name and value; folded lines may still be folded. */
  headers: readonly (readonly [string, string])[];
  /** Bytes of the whole message. */
  size: number;
  /** Null: not known, as with most mail from POP3; an empty `from` is the null sender. */
  envelope: { from: string | null; to: string | null };
  account: { id: string; email: string };
  /** Called at most once for a script, and only where it looks at the body or attachments (`readNeeds`). */
  body(): SieveBody;
}

export interface SieveBody {
  /** Everything behind the header, a binary string. */
  raw: string;
  /** Every part that holds something, in order; of a message without parts just one. Multiparts are left out. */
  parts: readonly SievePart[];
  /** Whether a person would say that it has attachments. */
  hasAttachment: boolean;
}

export interface SievePart {
  /** Lower case, such as `text/html`. */
  type: string;
  /** Decoded: text by its charset, everything else as a binary string; null when it is too large to be looked at. */
  content: string | null;
}

export interface SieveEnvironment {
  /** For `currentdate`, in milliseconds. */
  now: number;
  /** IANA name for `date` and `currentdate` where the script names no zone; UTC when absent. */
  timeZone?: string;
  /** What running may cost, where that is less than SIEVE_LIMITS.work. */
  work?: number;
  /** Whether a mailbox of this path is there (`mailboxexists`); absent: none is. */
  mailboxExists?(path: string): boolean;
}
