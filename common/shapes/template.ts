import { z } from 'zod';

/** A text that is put into mails again and again; `html` is simple markup (common/compose/simple-html.ts), null for plain text. */
export const template = z.object({
  name: z.string().trim().min(1).max(200),
  /** Taken where the mail has no subject yet. */
  subject: z.string().max(500),
  text: z.string().max(50_000),
  html: z.string().max(150_000).nullable(),
});
export type Template = z.infer<typeof template>;
