/** Something that a person cannot read, or not reach, where it stands. */
export interface LayoutFault {
  /** `outside` the window without a way to scroll there; `cut` by a box; `spilled` over its box; `covered`; `wide`: scrolls sideways. */
  kind: 'outside' | 'cut' | 'spilled' | 'covered' | 'wide';
  /** The element, by its tag and classes. */
  where: string;
  text: string;
}

/**
 * Runs in the page: every piece of text that is shown, against the boxes around it. Text that ends in an ellipsis on purpose is
 * whole elsewhere when it, or what holds it, has a title or leads to it; `mayEnd` names such holders. What may scroll
 * sideways by itself (tables, code) is named in `mayScroll`.
 */
export function findLayoutFaults({
  mayEnd,
  mayScroll,
}: {
  mayEnd: string;
  mayScroll: string;
}): LayoutFault[] {
  const faults = new Map<string, LayoutFault>();
  const name = (element: Element): string =>
    `${element.nodeName.toLowerCase()}${[...element.classList].map((one) => `.${one}`).join('')}`;
  const tell = (kind: LayoutFault['kind'], element: Element, text: string): void => {
    const fault = { kind, where: name(element), text: text.trim().replace(/\s+/g, ' ').slice(0, 60) };
    faults.set(`${kind} ${fault.where} ${fault.text}`, fault);
  };
  const top = [...document.querySelectorAll<HTMLElement>('dialog:modal')].at(-1) ?? document.body;
  const open = document.querySelector(':popover-open');
  const isUnseen = (element: Element): boolean => {
    if (!element.checkVisibility({ contentVisibilityAuto: true })) return true;
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === 'hidden' || style.opacity === '0' || style.clipPath === 'inset(50%)')
        return true;
      if (at.closest('[popover]:not(:popover-open)') !== null) return true;
    }
    return false;
  };
  /** Whether the box keeps what is too large for it from being seen, and whether one can scroll to it. */
  const judgeBox = (style: CSSStyleDeclaration, axis: 'X' | 'Y'): 'shows' | 'cuts' | 'scrolls' => {
    const value = style[`overflow${axis}`];
    if (value === 'visible') return 'shows';
    return value === 'auto' || value === 'scroll' ? 'scrolls' : 'cuts';
  };
  const isBox = (element: Element, style: CSSStyleDeclaration): boolean => {
    if (element.matches('button, td, th, dialog, .chip, .menu-item, .nav-link, li.card, kbd')) return true;
    const edged =
      Number.parseFloat(style.borderLeftWidth) > 0 && Number.parseFloat(style.borderRightWidth) > 0;
    return edged || !/rgba\(.*, 0\)|transparent/.test(style.backgroundColor);
  };
  const judgeText = (element: Element, text: string, rect: DOMRect): void => {
    let boxed = false;
    let seen = { left: Math.max(0, rect.left), right: rect.right, top: rect.top, bottom: rect.bottom };
    let reachableX = false;
    let reachableY = false;
    for (
      let at: Element | null = element;
      at !== null && at !== document.documentElement;
      at = at.parentElement
    ) {
      const style = getComputedStyle(at);
      if (style.display === 'inline') continue;
      const box = at.getBoundingClientRect();
      const ends = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      const [x, y] = [judgeBox(style, 'X'), judgeBox(style, 'Y')];
      const tooWide = rect.right > box.right + 1.5 || rect.left < box.left - 1.5;
      const tooHigh = rect.bottom > box.bottom + 2.5 || rect.top < box.top - 2.5;
      if (tooWide && x === 'cuts' && !reachableX) {
        const whole = at.closest('[title]') !== null || at.closest(mayEnd) !== null;
        if (!ends || !whole) return tell('cut', at, text);
        return;
      }
      if (tooHigh && y === 'cuts' && !reachableY && at !== document.body) {
        if (style.webkitLineClamp !== 'none') return;
        return tell('cut', at, text);
      }
      if (!boxed && isBox(at, style) && x === 'shows' && y === 'shows') {
        boxed = true;
        if ((tooWide && !reachableX) || (tooHigh && !reachableY)) return tell('spilled', at, text);
      }
      if (x !== 'shows')
        seen = { ...seen, left: Math.max(seen.left, box.left), right: Math.min(seen.right, box.right) };
      if (y !== 'shows')
        seen = { ...seen, top: Math.max(seen.top, box.top), bottom: Math.min(seen.bottom, box.bottom) };
      reachableX ||= x === 'scrolls';
      reachableY ||= y === 'scrolls';
      if (style.position === 'fixed') break;
    }
    if (!reachableX && (rect.right > innerWidth + 1 || rect.left < -1)) return tell('outside', element, text);
    if (!reachableY && (rect.bottom > innerHeight + 1 || rect.top < -1))
      return tell('outside', element, text);
    judgeCover(element, text, seen);
  };
  const judgeCover = (
    element: Element,
    text: string,
    seen: { left: number; right: number; top: number; bottom: number },
  ): void => {
    if (seen.right - seen.left < 4 || seen.bottom - seen.top < 4) return;
    if (open !== null && !open.contains(element)) return;
    const [x, y] = [(seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2];
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return;
    const hit = document.elementFromPoint(x, y);
    if (hit === null || hit.contains(element) || element.contains(hit)) return;
    // The label or the field of the same line, and what is shown only for a moment or stays in sight on purpose.
    if (hit.parentElement?.contains(element) === true) return;
    if (
      hit.closest('.notices, .mail-frame, [role=listbox], input[type=radio], input[type=checkbox]') !== null
    )
      return;
    // Fingers need more room than eyes: what is drawn around a button for them is not seen.
    const box = hit.getBoundingClientRect();
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return;
    const sticky = (at: Element | null): boolean =>
      at !== null && (getComputedStyle(at).position === 'sticky' || sticky(at.parentElement));
    if (sticky(hit)) return;
    tell('covered', element, `${text} by ${name(hit)}`);
  };
  const walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const element = node.parentElement;
    const text = node.nodeValue ?? '';
    if (
      element === null ||
      text.trim() === '' ||
      element.closest('script, style, svg, option, textarea') !== null
    )
      continue;
    if (element.closest('[popover]') !== null && element.closest(':popover-open') === null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 1 && rect.height > 1);
    if (rects.length === 0 || isUnseen(element)) continue;
    for (const rect of rects) judgeText(element, text, rect);
  }
  const canvas = document.createElement('canvas').getContext('2d');
  for (const field of top.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    'input[placeholder], select',
  )) {
    const box = field.getBoundingClientRect();
    // A choice that is cut on a telephone is read in the list that opens.
    const tooNarrow = field instanceof HTMLSelectElement && innerWidth < 700;
    if (canvas === null || box.width < 2 || tooNarrow || isUnseen(field)) continue;
    const style = getComputedStyle(field);
    const isSelect = field instanceof HTMLSelectElement;
    const text = isSelect
      ? (field.selectedOptions[0]?.text ?? '')
      : field.value === ''
        ? field.placeholder
        : '';
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    const room = field.clientWidth - padding - (isSelect ? 18 : 0);
    if (
      canvas.measureText(text).width > room + 2 &&
      field.closest('[title]') === null &&
      field.closest(mayEnd) === null
    )
      tell('cut', field, text);
  }
  for (const element of [document.documentElement, ...top.querySelectorAll('*')]) {
    const style = getComputedStyle(element);
    if (element.scrollWidth <= element.clientWidth + 1 || element.closest(mayScroll) !== null) continue;
    const scrolls = style.overflowX === 'auto' || style.overflowX === 'scroll';
    if ((scrolls || element === document.documentElement) && element.clientWidth > 0 && !isUnseen(element))
      tell('wide', element, `${element.scrollWidth} px in ${element.clientWidth}`);
  }
  return [...faults.values()];
}
