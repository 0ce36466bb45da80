import DOMPurify, { type Config } from 'dompurify';
import { LOOKS } from '../../reader/looks.ts';
import { readTarget } from '../../reader/links.ts';

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
    ...'cellpadding cellspacing colspan rowspan start data-signature'.split(' '),
  ],
  ADD_URI_SAFE_ATTR: [...LOOKS],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|cid:|data:image\/(?:png|jpe?g|gif|webp)[;,])/i,
} satisfies Config;

/**
 * HTML that goes into the editor (a quoted mail, something pasted): no scripts, no styles or ids, which could touch the
 * page around it, and nothing that is fetched.
 */
export function cleanForEditor(html: string): DocumentFragment {
  const purifier = DOMPurify(window);
  purifier.addHook('uponSanitizeAttribute', (node, data) => {
    if (data.attrName === 'src' && !/^(?:data:image|cid:)/i.test(data.attrValue.trim()))
      data.keepAttr = false;
    if (data.attrName === 'href')
      data.keepAttr = node.nodeName === 'A' && readTarget(data.attrValue) !== null;
  });
  const result: unknown = purifier.sanitize(html, CONFIG);
  return result instanceof DocumentFragment
    ? document.importNode(result, true)
    : document.createDocumentFragment();
}
