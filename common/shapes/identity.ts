import { z } from 'zod';
import { id } from './ids.ts';

const mailAddress = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/);

/** A From address of the user, belonging to an account; `signature` is plain text or sanitised HTML. */
export const identity = z.object({
  id,
  account: id,
  name: z.string().max(200).nullable(),
  address: mailAddress,
  replyTo: mailAddress.nullable(),
  signature: z.object({ text: z.string().max(20_000), html: z.string().max(100_000).nullable() }).nullable(),
});
export type Identity = z.infer<typeof identity>;
