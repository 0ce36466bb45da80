import DOMPurify, { type Config } from 'dompurify';
import { decodePercent } from '../../../../common/compose/decode-percent.ts';
import { cutDepth } from './cut-depth.ts';
import { keepPlaces } from '../pictures/picture-places.ts';
import { LOOKS } from './looks.ts';
import { bringsColours, dropLinkColours } from './office-sheet.ts';
import { hasColours, NO_LOOKS, readPageLooks, withoutLinkColours, type PageLooks } from './page-looks.ts';
import { openSheet } from './open-sheet.ts';
import { readTarget } from '../links/links.ts';

/** What is left of a mail's HTML: nodes without scripts, forms or anything remote, and what was taken out. */
export interface CleanMail {
  content: DocumentFragment;
  page: PageLooks;
  /** Images, backgrounds and style rules that would have been fetched from elsewhere. */
  remote: number;
  /** Content-IDs that `img` elements ask for, without angle brackets. */
  contentIds: string[];
  /** The mail brings its own colours or layout: it stays on a light canvas. */
  designed: boolean;
}

const CONFIG = {
  // Without it a leading <style> is silently dropped.
  FORCE_BODY: true,
  RETURN_DOM_FRAGMENT: true,
  IN_PLACE: false,
  USE_PROFILES: { html: true },
  ADD_TAGS: ['style', 'center', 'font'],
  ADD_ATTR: ['target', 'bordercolor', 'text', 'link', 'vlink'],
  ADD_URI_SAFE_ATTR: [...LOOKS],
  FORBID_TAGS: [
    ...'form input button select option optgroup textarea label fieldset legend datalist output'.split(' '),
    ...'progress meter svg math audio video source track picture link meta base template dialog map'.split(
      ' ',
    ),
    ...'area object embed iframe frame frameset slot portal canvas noscript'.split(' '),
  ],
  FORBID_ATTR: [
    ...'id name ping popover popovertarget popovertargetaction autofocus slot srcset sizes background'.split(
      ' ',
    ),
    ...'poster usemap ismap form formaction action tabindex accesskey contenteditable draggable'.split(' '),
    ...'download is part exportparts itemid longdesc cite crossorigin referrerpolicy loading nonce'.split(
      ' ',
    ),
    ...'integrity imagesrcset inert dropzone'.split(' '),
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: true,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|cid:|data:image\/(?:png|jpe?g|gif|webp)[;,])/i,
} satisfies Config;

const SAFE_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp)[;,]/i;
const REMOTE_CSS = /url\(|@import|image-set\(/i;

/**
 * Makes a mail's HTML harmless. Each part is cleaned for itself, never joined with another before. `view` is the window of
 * the frame that will show it: parsed under the frame's own policy, style attributes stay alive. `shown`: addresses of
 * our server for pictures from elsewhere, by what stands in the mail; all others are taken out.
 */
export function sanitiseMail(
  html: string,
  view: Window & typeof globalThis,
  shown: ReadonlyMap<string, string> = new Map(),
): CleanMail {
  const found: Found = { remote: 0, contentIds: new Set(), pictures: new Set() };
  const purifier = DOMPurify(view);
  let page = NO_LOOKS;
  let background = false;
  // Before it is judged: what it still holds that looks like a tag takes all of it away.
  purifier.addHook('beforeSanitizeElements', (node) => {
    if (node.nodeName === 'STYLE') node.textContent = openSheet(node.textContent ?? '');
  });
  purifier.addHook('uponSanitizeAttribute', (node, data) => {
    if (['background', 'srcset', 'poster'].includes(data.attrName)) found.remote += 1;
    if (data.attrName === 'background' && node.nodeName === 'BODY') background = true;
    if (data.attrName === 'srcset' && node.nodeName === 'IMG') found.pictures.add(node);
    if (data.attrName === 'style' && REMOTE_CSS.test(data.attrValue)) found.remote += 1;
    if (data.attrName === 'src') {
      const ours = node.nodeName === 'IMG' ? shown.get(data.attrValue.trim()) : undefined;
      if (ours === undefined) data.keepAttr = keepSource(node, data.attrValue, found);
      else data.attrValue = ours;
    }
    if (data.attrName === 'href') {
      data.keepAttr = node.nodeName === 'A' && readTarget(data.attrValue) !== null;
    }
  });
  purifier.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName === 'A') {
      node.setAttribute('target', '_blank');
      node.setAttribute('rel', 'noopener noreferrer nofollow');
    } else node.removeAttribute('target');
    // It is not among the nodes that come back.
    if (node.nodeName === 'BODY') page = readPageLooks(node as HTMLElement, background);
  });
  const result: unknown = purifier.sanitize(cutDepth(html), CONFIG);
  // A <frameset> document leaves nothing to return.
  const content = isFragment(result) ? result : view.document.createDocumentFragment();
  for (const style of content.querySelectorAll('style')) {
    if (REMOTE_CSS.test(style.textContent)) found.remote += 1;
  }
  const designed = isDesigned(content) || hasColours(page);
  if (!designed) {
    page = withoutLinkColours(page);
    for (const style of content.querySelectorAll('style'))
      style.textContent = dropLinkColours(style.textContent);
  }
  // Where only a set of sources was refused, the picture itself may still be one of the mail's own.
  keepPlaces([...found.pictures].filter((node) => content.contains(node) && !node.hasAttribute('src')));
  return {
    content,
    page,
    remote: found.remote,
    contentIds: [...found.contentIds],
    designed,
  };
}

interface Found {
  remote: number;
  contentIds: Set<string>;
  /** Pictures that have lost their source. */
  pictures: Set<Element>;
}

/** Image sources are data images or parts of the same mail; a part's picture is put in after it was fetched. */
function keepSource(node: Element, value: string, found: Found): boolean {
  if (node.nodeName !== 'IMG') return false;
  if (SAFE_IMAGE.test(value.trim())) return true;
  const cid = /^cid:(.+)$/i.exec(value.trim())?.[1];
  if (cid !== undefined) {
    const id = decodePercent(cid);
    found.contentIds.add(id);
    node.setAttribute('alt', node.getAttribute('alt') ?? '');
    return true;
  }
  found.pictures.add(node);
  if (/^(?:https?:)?\/\//i.test(value.trim())) found.remote += 1;
  return false;
}

/** By its kind, not its class: the fragment is of the frame's window. */
function isFragment(value: unknown): value is DocumentFragment {
  return (
    typeof value === 'object' && value !== null && (value as Node).nodeType === Node.DOCUMENT_FRAGMENT_NODE
  );
}

/** Colours, backgrounds, style sheets or tables used for layout: such a mail looks as its sender meant only on white. */
function isDesigned(content: DocumentFragment): boolean {
  if (content.querySelector('[bgcolor], font[color]') !== null) return true;
  if ([...content.querySelectorAll('style')].some((style) => bringsColours(style.textContent))) return true;
  if (content.querySelector('table table, table[width], td[width], th[width]') !== null) return true;
  return [...content.querySelectorAll('[style]')].some((node) =>
    /(?:^|[;\s])(?:background|color)\s*[:-]/i.test(node.getAttribute('style') ?? ''),
  );
}
