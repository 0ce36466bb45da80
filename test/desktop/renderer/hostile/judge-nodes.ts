const TAGS =
  'script,iframe,object,embed,form,input,button,select,textarea,svg,math,video,audio,link,meta,base,template,dialog,map,picture,source,frameset,portal,noscript,slot';

/**
 * Runs in the page: what stands under `root` that no mail may bring, one line each. `inPage`: it stands in the client's own page,
 * where styles, classes and names would reach what is not the mail's.
 */
export function judgeNodes(root: Element, { tags, inPage }: { tags: string; inPage: boolean }): string[] {
  const bad: string[] = [];
  const names =
    /^(?:on.*|id|name|ping|popover.*|autofocus|slot|srcset|background|formaction|action|is|attributionsrc|download|xlink.*)$/;
  for (const node of root.querySelectorAll('*')) {
    if (node.matches(tags)) bad.push(node.nodeName);
    if (!(node instanceof (node.ownerDocument.defaultView?.HTMLElement ?? HTMLElement)))
      bad.push(`${node.nodeName} of ${node.namespaceURI}`);
    for (const { name, value } of node.attributes) {
      if (names.test(name)) bad.push(`${node.nodeName}[${name}]`);
      // The editor writes colours and sizes as classes of its own.
      const own =
        node.nodeName === 'SPAN' && name === 'class' && /^(?:color|font|size|highlight)$/.test(value);
      if (inPage && !own && /^(?:style|class|role|aria-.*|tabindex|contenteditable)$/.test(name))
        bad.push(`${node.nodeName}[${name}]`);
      if (name === 'href' && !/^(?:https?|mailto):/i.test(value)) bad.push(`href ${value.slice(0, 60)}`);
      const picture = inPage
        ? /^(?:data:image\/(?:png|jpe?g|gif|webp)|blob:|cid:)/i
        : /^(?:data:image\/(?:png|jpe?g|gif|webp)|blob:)/i;
      if (name === 'src' && !picture.test(value)) bad.push(`src ${value.slice(0, 60)}`);
    }
    if (inPage && node.nodeName === 'STYLE') bad.push('STYLE');
  }
  return [...new Set(bad)];
}

export const FORBIDDEN = { tags: TAGS, inPage: false };
export const FORBIDDEN_IN_PAGE = { tags: TAGS, inPage: true };
