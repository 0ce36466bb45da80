/** A screen that takes another's place is read out from its heading. */
export function focus(heading: HTMLElement | null): void {
  heading?.focus();
}
