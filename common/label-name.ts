/** Apart from the shapes of labels, so that the client's first page needs no checker of shapes. */

/** Longest label and most labels of one mail. */
export const LABEL_LENGTH = 100;
export const MAX_LABELS = 50;

/** By their place in the theme, so that they are readable in light and dark. */
export const LABEL_COLOURS = ['grey', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet'] as const;

/** Labels whose folded names are equal are one. */
export function foldLabel(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
