/** The regions that F6 walks through are marked with `data-region` and can take the focus. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.getClientRects().length > 0,
  );
  if (regions.length === 0) return;
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[now === -1 ? 0 : (now + step + regions.length) % regions.length];
  if (next === undefined) return;
  const inner = next.querySelector<HTMLElement>('[data-region-focus], [tabindex="0"]');
  (inner ?? next).focus();
}
