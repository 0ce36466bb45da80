import { listLeaves, type PartNode } from './part.ts';

/** What of a message is its text, in order; everything else is a file. */
export interface BodyParts {
  text: PartNode[];
  html: PartNode[];
}

function isShown(part: PartNode): boolean {
  if (part.disposition === 'attachment') return false;
  // A form of the text, whatever it is called.
  if (part.within === 'multipart/alternative' && /^text\/(?:html|plain)$/.test(part.type)) return true;
  if (part.type === 'text/html') return part.name === null || part.disposition === 'inline';
  return part.type === 'text/plain' && part.name === null;
}

/** What a message without any other text has as its text: programs put names on that too. Attachments stay files. */
function selectNamed(root: PartNode): BodyParts {
  const first = listLeaves(root)[0];
  if (first === undefined || first.disposition === 'attachment') return { text: [], html: [] };
  if (first.type === 'text/html') return { text: [], html: [first] };
  return { text: first.type === 'text/plain' ? [first] : [], html: [] };
}

/**
 * The text and HTML of a message. Within an alternative each kind is taken once (the last, RFC 2046 5.1.4); texts that
 * stand beside an HTML part outside of any alternative, such as a list's footer, belong to both.
 */
export function selectBody(root: PartNode): BodyParts {
  const body = selectWithin(root);
  return body.text.length + body.html.length > 0 ? body : selectNamed(root);
}

function selectWithin(root: PartNode): BodyParts {
  if (root.boundary === null) {
    if (!isShown(root)) return { text: [], html: [] };
    return root.type === 'text/html' ? { text: [], html: [root] } : { text: [root], html: [] };
  }
  if (root.type === 'multipart/alternative') return selectAlternative(root.children.map(selectWithin));
  const chosen = root.children.map(selectWithin);
  const text = chosen.flatMap((one) => one.text);
  if (!chosen.some((one) => one.html.length > 0)) return { text, html: [] };
  return { text, html: chosen.flatMap((one) => (one.html.length > 0 ? one.html : one.text)) };
}

function selectAlternative(choices: BodyParts[]): BodyParts {
  const text = choices.findLast((one) => one.text.length > 0)?.text ?? [];
  const html = choices.findLast((one) => one.html.length > 0)?.html ?? [];
  // Some programs add HTML with nothing in it, which would hide the words.
  const isEmpty = html.every((part) => part.start === part.end);
  return { text, html: isEmpty && text.some((part) => part.start < part.end) ? [] : html };
}

const SIGNATURES = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
]);

/** How many files a person would say there are: no texts but those with a name, no pictures within the HTML, no signatures. */
export function countAttachments(root: PartNode, body: BodyParts): number {
  return listLeaves(root).filter((part) => {
    if (body.text.includes(part) || body.html.includes(part)) return part.name !== null;
    if (part.disposition === 'attachment') return true;
    if (SIGNATURES.has(part.type)) return false;
    if (part.within === 'multipart/related' && part.contentId !== null) return false;
    if (part.within === 'multipart/alternative') return part.name !== null;
    return part.name !== null || !part.type.startsWith('text/');
  }).length;
}
