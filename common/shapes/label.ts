import { z } from 'zod';

/** Longest label and most labels of one mail. */
export const LABEL_LENGTH = 100;
export const MAX_LABELS = 50;

/** A label on a mail: shown as it was written, the same label as others that fold alike (`foldLabel`). */
export const labelName = z
  .string()
  .trim()
  .min(1)
  .max(LABEL_LENGTH)
  .regex(/^[^\p{Cc}]+$/u);

/** By their place in the theme, so that they are readable in light and dark. */
export const LABEL_COLOURS = ['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet'] as const;

/** What the profile says of a label; mails may bear labels that it does not know. */
export const labelDefinition = z.object({
  name: labelName,
  colour: z.enum(LABEL_COLOURS),
});
export type LabelDefinition = z.infer<typeof labelDefinition>;

/** Labels whose folded names are equal are one. */
export function foldLabel(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
