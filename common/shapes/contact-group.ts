import { z } from 'zod';
import { id } from './ids.ts';

/** Somebody of the address book, by one of his addresses or (null) the first; or an address that stands in no card. */
const member = z
  .object({
    contact: id.nullable(),
    address: z.string().trim().min(3).max(320).nullable(),
  })
  .refine((one) => one.contact !== null || one.address !== null, 'nobody');
export type GroupMember = z.infer<typeof member>;

/** A group of the address book: who is written to by its name. Categories of cards count too (common/contact/list-groups.ts). */
export const contactGroup = z.object({
  name: z.string().trim().min(1).max(200),
  members: z.array(member).max(2000),
});
export type ContactGroup = z.infer<typeof contactGroup>;
