import { z } from 'zod';
import { LABEL_COLOURS, LABEL_LENGTH } from '../label-name.ts';

/** A label on a mail: shown as it was written, the same label as others that fold alike (`foldLabel`). */
export const labelName = z
  .string()
  .trim()
  .min(1)
  .max(LABEL_LENGTH)
  .regex(/^[^\p{Cc}]+$/u);

/** What the profile says of a label; mails may bear labels that it does not know. */
export const labelDefinition = z.object({
  name: labelName,
  colour: z.enum(LABEL_COLOURS),
});
export type LabelDefinition = z.infer<typeof labelDefinition>;
