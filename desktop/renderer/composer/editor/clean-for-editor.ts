import { readTarget } from '../../reader/links/links.ts';
import { NOT_HERE_YET, type PictureKeeper } from '../pictures/picture-keeper.ts';

/** What a text may consist of. Of anything else the content stays, or nothing where that is no text. */
const KEPT = new Set(
  (
    'a b strong i em u s strike del sub sup small big code pre p div br hr span font center h1 h2 h3 h4 h5 h6 ' +
    'blockquote ul ol li dl dt dd img table thead tbody tfoot tr td th caption colgroup col'
  ).split(' '),
);
const WITHOUT_TEXT = new Set(
  (
    'script style template title head noscript iframe frame frameset object embed applet svg math textarea select ' +
    'xmp noembed noframes plaintext audio video canvas map link meta base dialog button input'
  ).split(' '),
);
/** How something looks or reads; none of it is an address, a style, a name or an event. */
const ATTRIBUTES =
  'title alt width height type dir lang align valign bgcolor color face size border cellpadding cellspacing colspan rowspan start'.split(
    ' ',
  );
const DEEPEST = 100;

/**
 * HTML that goes into the editor (a quoted mail, something pasted): elements and attributes of the lists above are made
 * anew, everything else stays behind in a document that runs and fetches nothing. So there are no scripts, no styles or
 * ids, which could touch the page around it. Pictures that the draft has are shown, others are left out.
 */
export function cleanForEditor(html: string, pictures: PictureKeeper): DocumentFragment {
  const clean = document.createDocumentFragment();
  const given = new DOMParser().parseFromString(html, 'text/html');
  copyInto(clean, given.body, pictures, 0);
  return clean;
}

function copyInto(target: Node, source: Node, pictures: PictureKeeper, depth: number): void {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) target.appendChild(document.createTextNode(node.nodeValue ?? ''));
    if (!(node instanceof Element)) continue;
    const name = node.localName;
    if (WITHOUT_TEXT.has(name)) continue;
    const made = KEPT.has(name) ? copyElement(node, name, pictures) : target;
    if (made === null) continue;
    if (made !== target) target.appendChild(made);
    if (depth < DEEPEST) copyInto(made, node, pictures, depth + 1);
    else made.appendChild(document.createTextNode(node.textContent));
  }
}

/** Null: a picture that cannot be shown here. */
function copyElement(source: Element, name: string, pictures: PictureKeeper): HTMLElement | null {
  const made = document.createElement(name);
  for (const attribute of ATTRIBUTES) {
    const value = source.getAttribute(attribute);
    if (value !== null) made.setAttribute(attribute, value);
  }
  if (source.hasAttribute('data-signature')) made.dataset['signature'] = '';
  const href = source.getAttribute('href');
  if (made instanceof HTMLAnchorElement && href !== null && readTarget(href) !== null)
    made.href = href.trim();
  return made instanceof HTMLImageElement && !readIn(made, source, pictures) ? null : made;
}

/** A picture by its name becomes one that can be seen; one that stands in the text stays. */
function readIn(image: HTMLImageElement, source: Element, pictures: PictureKeeper): boolean {
  const src = source.getAttribute('src')?.trim() ?? '';
  const name = source.getAttribute('data-cid') ?? (/^cid:/i.test(src) ? src.slice(4) : '');
  if (/^[\w-]{1,64}$/.test(name) && pictures.isKnown(name)) {
    image.dataset['cid'] = name;
    image.src = pictures.find(name) ?? NOT_HERE_YET;
    return true;
  }
  if (!/^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(src) || src === NOT_HERE_YET) return false;
  image.src = src;
  return true;
}

/** What is kept of what the editor shows: pictures by their names. */
export function writeOut(html: string): string {
  if (!html.includes('data-cid=')) return html;
  // Nothing in it is fetched or shown.
  const page = document.createElement('template');
  page.innerHTML = html;
  for (const image of page.content.querySelectorAll('img[data-cid]')) {
    image.setAttribute('src', `cid:${image.getAttribute('data-cid') ?? ''}`);
    image.removeAttribute('data-cid');
  }
  return page.innerHTML;
}
