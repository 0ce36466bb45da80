/** Shows what has just appeared, and leads the focus there: once the dialog that asked for it has given the focus back. */
export function bringUp(panel: HTMLElement | null): void {
  if (panel === null) return;
  setTimeout(() => {
    panel.scrollIntoView({ block: 'start' });
    const first = panel.querySelector<HTMLElement>('input:not([type=checkbox])') ?? panel;
    first.focus({ preventScroll: true });
  });
}
