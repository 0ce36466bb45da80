import { z } from 'zod';
import { id } from './ids.ts';

/** Roles of RFC 6154 that our mailboxes may have; null is a mailbox of the user's own. */
export const MAILBOX_ROLES = ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive'] as const;
export const mailboxRole = z.enum(MAILBOX_ROLES);
export type MailboxRole = z.infer<typeof mailboxRole>;

/** The definition, kept in the profile: what a mailbox is called and where it stands. */
export const mailboxDefinition = z.object({
  id,
  name: z.string().trim().min(1).max(200),
  role: mailboxRole.nullable(),
  parent: id.nullable(),
});
export type MailboxDefinition = z.infer<typeof mailboxDefinition>;

/** `mailbox list` of the contract: definition and the store's counters. */
export interface Mailbox extends MailboxDefinition {
  path: string;
  total: number;
  unread: number;
  bytes: number;
}
