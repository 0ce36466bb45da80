import { z } from 'zod';
import { address } from './address.ts';
import { id } from './ids.ts';

/** Largest total of a draft's attachments, in bytes, and the most of them. */
export const ATTACHMENT_LIMITS = { totalBytes: 50 * 1024 * 1024, count: 200 } as const;

/** Largest message that is sent, in bytes: the attachments in base64, the text and the header. */
export const MESSAGE_BYTES = 72 * 1024 * 1024;

/** Longest bodies in UTF-16 units: together they fit into one call of 1 MiB. */
export const BODY_LIMITS = { text: 250_000, html: 400_000 } as const;

/** Most recipients of one mail, To, Cc and Bcc together. */
export const RECIPIENT_LIMIT = 500;

/** Seconds that a mail may be held for undo. */
export const UNDO_SECONDS = { min: 0, max: 60 } as const;

/** Most people in one field of a draft: who pasted too many for a mail is told so when he sends, and loses none of them. */
const MOST_PEOPLE = 5000;

const addresses = z.array(address).max(MOST_PEOPLE);

/** What a person writes. Half-typed addresses are kept as they are: they are checked when the mail is sent. */
export const draftContent = z.object({
  /** The identity that it comes from; null: the one that owns `from`, else the user's first. */
  identity: id.nullable(),
  /** A From address, when no identity is named. */
  from: z.string().trim().max(320).nullable(),
  to: addresses,
  cc: addresses,
  bcc: addresses,
  subject: z.string().max(2000),
  text: z.string().max(BODY_LIMITS.text),
  /** Null: the mail is plain text. */
  html: z.string().max(BODY_LIMITS.html).nullable(),
  /** The mail that this one answers; its Message-ID becomes In-Reply-To. */
  inReplyTo: id.nullable(),
  forwardOf: id.nullable(),
});
export type DraftContent = z.infer<typeof draftContent>;

/** A file of a draft. `size` in bytes; `name` without path or control characters. */
export interface DraftAttachment {
  id: string;
  name: string;
  type: string;
  size: number;
}

/** The answer of `draft.open` and `draft.answer`; `id` is the mail's id in Drafts. */
export interface OpenDraft {
  id: string;
  /** Counts up with every change; the `base` of the next save. */
  version: number;
  draft: DraftContent;
  attachments: DraftAttachment[];
}

/** The answer of `draft.save`, given when it is durable. */
export interface SavedDraft {
  id: string;
  version: number;
  savedAt: string;
}

export const answerKind = z.enum(['reply', 'reply-all', 'forward']);
export type AnswerKind = z.infer<typeof answerKind>;

/** Most recipients that are asked about at once. */
export const PRECEDENT_LIMIT = 50 as const;

/** The answer of `draft.precedents`: what a draft's From can be held against. */
export interface Precedents {
  /** Where the answered mail came to: accounts, and the addresses in its To and Cc; null when none is answered, or it is gone. */
  answered: { accounts: string[]; addressed: string[] } | null;
  /** As whom the user wrote to them from here, a line for each pair, in lower case. */
  written: { to: string; from: string; count: number }[];
}
