import { z } from 'zod';

const line = z.string().trim().min(1).max(500);

/** One person or organisation of the address book; `vcard` keeps what our fields do not hold (RFC 6350). */
export const contact = z
  .object({
    name: z.string().trim().max(500),
    emails: z.array(z.object({ address: z.string().trim().min(3).max(320), kind: line.nullable() })).max(50),
    phones: z.array(z.object({ number: line, kind: line.nullable() })).max(50),
    organisation: line.nullable(),
    title: line.nullable(),
    note: z.string().max(10_000).nullable(),
    groups: z.array(line).max(50),
    /** The card as it came in; null for one that was typed in. */
    vcard: z.string().max(200_000).nullable(),
    /** Nobody put it there: the user wrote to it (preference `collect`). */
    collected: z.boolean().default(false),
  })
  .refine((one) => one.name !== '' || one.emails.length > 0 || one.organisation !== null, 'nameless');
export type Contact = z.infer<typeof contact>;

/** Of one mail: who writes to more at once does not know them. */
export const MOST_COLLECTED = 30;
