/** Something that the keyboard reaches and that its user cannot see there. */
export interface FocusFault {
  /** `bare`: nothing shows that it has the focus; `hidden`: it is not in sight then. */
  kind: 'bare' | 'hidden';
  where: string;
}

/** Runs in the page: gives the focus to all that Tab reaches, one after the other, and back to what had it. */
export function findFocusFaults(): FocusFault[] {
  const before = document.activeElement;
  const root = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1) ?? document.body;
  const faults: FocusFault[] = [];
  const wanted =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [contenteditable=true]';
  const reached = [...root.querySelectorAll<HTMLElement>(wanted)].filter((element) => {
    if (element.tabIndex < 0 || element.matches(':disabled') || element.closest('[inert]') !== null)
      return false;
    if (element.closest('[popover]:not(:popover-open)') !== null || !element.checkVisibility()) return false;
    return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  });
  const look = (element: Element): string => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle === 'none' ? 'none' : `${style.outlineWidth} ${style.outlineColor}`;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor].join(' ');
  };
  const name = (element: Element): string => {
    const says = element.getAttribute('aria-label') ?? element.textContent.trim();
    return `${element.nodeName.toLowerCase()}${[...element.classList].map((one) => `.${one}`).join('')} ${says.slice(0, 40)}`;
  };
  const rise = (element: Element | null, steps: number): Element | null =>
    steps === 0 || element === null ? element : rise(element.parentElement, steps - 1);
  for (const element of reached) {
    // What is drawn for a field may be beside it, or around it.
    const above = [1, 2, 3].map((steps) => rise(element, steps));
    const shown = [element, element.nextElementSibling, ...above];
    const around = shown.filter((one): one is Element => one instanceof Element);
    element.blur();
    const calm = around.map(look);
    element.focus({ focusVisible: true });
    if (document.activeElement !== element) continue;
    // Lines that look for a field with the focus in them may be drawn as if it had it still.
    const lined = around.slice(1).some((one) => getComputedStyle(one).boxShadow !== 'none');
    // In a text the cursor shows where one is.
    if (!element.isContentEditable && !lined && around.every((one, at) => look(one) === calm[at]))
      faults.push({ kind: 'bare', where: name(element) });
    const box = (
      getComputedStyle(element).opacity === '0' ? (element.parentElement ?? element) : element
    ).getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height / 2, 60)];
    const hit = document.elementFromPoint(x, y);
    const inSight =
      hit !== null &&
      (hit.contains(element) || element.contains(hit) || hit.parentElement?.contains(element) === true);
    if (!inSight && (hit?.closest('.notices, [role=listbox], :popover-open') ?? null) === null)
      faults.push({ kind: 'hidden', where: name(element) });
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (before instanceof HTMLElement) before.focus();
  return faults;
}
