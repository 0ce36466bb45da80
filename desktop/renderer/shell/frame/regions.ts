/** Where the focus goes in a region: what is marked, where one is, the one row that can have it, else the first control. */
const BEST_FIRST = [
  '[data-region-focus]',
  '[aria-current]',
  '[role=row][tabindex="0"]',
  'a[href], button:not([tabindex="-1"]), input, [tabindex="0"]',
];

/** The regions that F6 walks through are marked with `data-region` and can take the focus. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.getClientRects().length > 0,
  );
  if (regions.length === 0) return;
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[now === -1 ? 0 : (now + step + regions.length) % regions.length];
  if (next === undefined) return;
  focusInside(next);
}

/** Past everything above the list, or above what stands in its place. */
export function skipToContent(): void {
  const content = document.querySelector<HTMLElement>('[data-region=list], [data-region=reader], main');
  if (content !== null) focusInside(content);
}

function focusInside(region: HTMLElement): void {
  const inner = BEST_FIRST.map((selector) => region.querySelector<HTMLElement>(selector)).find(
    (element) => element !== null,
  );
  (inner ?? region).focus();
}
