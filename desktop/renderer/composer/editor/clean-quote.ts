import DOMPurify, { type Config } from 'dompurify';
import { LOOKS } from '../../reader/looks.ts';
import { readTarget } from '../../reader/links.ts';
import { NOT_HERE_YET, type PictureKeeper } from './picture-keeper.ts';

const CONFIG = {
  RETURN_DOM_FRAGMENT: true,
  FORCE_BODY: true,
  ALLOWED_TAGS: [
    ...'a b strong i em u s strike del sub sup small big code pre p div br hr span font center h1 h2 h3'.split(
      ' ',
    ),
    ...'h4 h5 h6 blockquote ul ol li dl dt dd img table thead tbody tfoot tr td th caption colgroup col'.split(
      ' ',
    ),
  ],
  ALLOWED_ATTR: [
    ...'href title src alt width height type dir lang align valign bgcolor color face size border'.split(' '),
    ...'cellpadding cellspacing colspan rowspan start data-signature data-cid'.split(' '),
  ],
  ADD_URI_SAFE_ATTR: [...LOOKS],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|cid:|data:image\/(?:png|jpe?g|gif|webp)[;,])/i,
} satisfies Config;

/**
 * HTML that goes into the editor (a quoted mail, something pasted): no scripts, no styles or ids, which could touch the
 * page around it, and nothing that is fetched. Pictures that the draft has are shown, others are left out.
 */
export function cleanForEditor(html: string, pictures: PictureKeeper): DocumentFragment {
  const purifier = DOMPurify(window);
  purifier.addHook('uponSanitizeAttribute', (node, data) => {
    if (data.attrName === 'src' && !/^(?:data:image|cid:)/i.test(data.attrValue.trim()))
      data.keepAttr = false;
    if (data.attrName === 'href')
      data.keepAttr = node.nodeName === 'A' && readTarget(data.attrValue) !== null;
    if (data.attrName === 'data-cid')
      data.keepAttr = node.nodeName === 'IMG' && /^[\w-]{1,64}$/.test(data.attrValue);
  });
  const result: unknown = purifier.sanitize(html, CONFIG);
  if (!(result instanceof DocumentFragment)) return document.createDocumentFragment();
  // Before they stand in this page, which would ask for them.
  for (const image of result.querySelectorAll('img')) readIn(image, pictures);
  return document.importNode(result, true);
}

/** A picture by its name becomes one that can be seen. */
function readIn(image: HTMLImageElement, pictures: PictureKeeper): void {
  const src = image.getAttribute('src') ?? '';
  const name = image.dataset['cid'] ?? (/^cid:/i.test(src) ? src.slice(4) : null);
  if (name !== null && pictures.isKnown(name)) {
    image.dataset['cid'] = name;
    image.setAttribute('src', pictures.find(name) ?? NOT_HERE_YET);
  } else if (!src.startsWith('data:') || src === NOT_HERE_YET) image.remove();
  else delete image.dataset['cid'];
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
