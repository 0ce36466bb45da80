import { z } from 'zod';
import { id, ids } from './ids.ts';
import { labelName } from './label.ts';

/** All mails of which every given thing is true; at least one must be given. */
export const mailFilter = z
  .object({
    /** Role, id or path. */
    mailbox: z.string().min(1).max(1000),
    account: id,
    label: labelName,
    /** Address of the sender. */
    from: z.string().min(1).max(320),
    thread: id,
    unread: z.boolean(),
    /** In the language of the search field. */
    query: z.string().min(1).max(1000),
  })
  .partial()
  .refine((filter) => Object.values(filter).some((value) => value !== undefined), 'nothing is selected');
export type MailFilter = z.infer<typeof mailFilter>;

/** Mails that something is to be done to: named one by one, or described, so that the server finds them. */
export const selection = z.union([
  z.object({ ids }),
  z.object({
    where: mailFilter,
    /** Taken out of it by hand. */
    except: z.array(id).max(500).default([]),
    /** Only mails that did not come after this modseq: what the user has not seen is not touched. */
    upTo: z.number().int().min(0).nullable().default(null),
  }),
]);
export type Selection = z.infer<typeof selection>;

/** What a change of many mails did; `operation` is what `mail.undo` takes, for a day; null when nothing changed. */
export interface BulkChange {
  changed: number;
  operation: string | null;
}
