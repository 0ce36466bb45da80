/** Pictures of at most so many pixels a side only count who reads: they leave no place. */
const COUNTER = 2;

/** Puts a box with the picture's own words where a picture from elsewhere was, as large as the mail says. */
export function keepPlaces(pictures: Iterable<Element>): void {
  for (const picture of pictures) {
    const width = readSize(picture, 'width');
    const height = readSize(picture, 'height');
    if ([width, height].some((size) => size !== null && size <= COUNTER)) picture.remove();
    else picture.replaceWith(makePlace(picture, width, height));
  }
}

function makePlace(picture: Element, width: number | null, height: number | null): HTMLElement {
  const place = picture.ownerDocument.createElement('span');
  const words = picture.getAttribute('alt')?.trim() ?? '';
  // What the mail's own style says of its picture holds for its place too; it went through the sanitiser.
  const style = picture.getAttribute('style');
  if (style !== null) place.setAttribute('style', style);
  if (width !== null && place.style.width === '') place.style.width = `${width}px`;
  if (height !== null && place.style.height === '') place.style.minHeight = `${height}px`;
  place.className = 'valija-picture';
  place.textContent = words;
  if (words === '') place.setAttribute('aria-hidden', 'true');
  else {
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', words);
  }
  return place;
}

/** Pixels of an attribute; null when it stands for something else, such as a share of the line. */
function readSize(picture: Element, name: 'width' | 'height'): number | null {
  const found = /^\s*(\d{1,4})(?:px)?\s*$/.exec(picture.getAttribute(name) ?? '')?.[1];
  return found === undefined ? null : Number(found);
}
