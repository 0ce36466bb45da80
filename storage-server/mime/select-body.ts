import { listLeaves, type PartNode } from './part.ts';

/** What of a message is its text, in order; everything else is a file. */
export interface BodyParts {
  text: PartNode[];
  html: PartNode[];
}

function isShown(part: PartNode): boolean {
  if (part.disposition === 'attachment') return false;
  if (part.type === 'text/html') return part.name === null || part.disposition === 'inline';
  return part.type === 'text/plain' && part.name === null;
}

/**
 * The text and HTML of a message. Within an alternative each kind is taken once (the last, RFC 2046 5.1.4); texts that
 * stand beside an HTML part outside of any alternative, such as a list's footer, belong to both.
 */
export function selectBody(root: PartNode): BodyParts {
  if (root.boundary === null) {
    if (!isShown(root)) return { text: [], html: [] };
    return root.type === 'text/html' ? { text: [], html: [root] } : { text: [root], html: [] };
  }
  if (root.type === 'multipart/alternative') return selectAlternative(root.children.map(selectBody));
  const chosen = root.children.map(selectBody);
  const text = chosen.flatMap((one) => one.text);
  if (!chosen.some((one) => one.html.length > 0)) return { text, html: [] };
  return { text, html: chosen.flatMap((one) => (one.html.length > 0 ? one.html : one.text)) };
}

function selectAlternative(choices: BodyParts[]): BodyParts {
  return {
    text: choices.findLast((one) => one.text.length > 0)?.text ?? [],
    html: choices.findLast((one) => one.html.length > 0)?.html ?? [],
  };
}

const SIGNATURES = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
]);

/** How many files a person would say there are: no texts, no pictures within the HTML, no signatures. */
export function countAttachments(root: PartNode, body: BodyParts): number {
  return listLeaves(root).filter((part) => {
    if (body.text.includes(part) || body.html.includes(part)) return false;
    if (part.disposition === 'attachment') return true;
    if (SIGNATURES.has(part.type)) return false;
    if (part.within === 'multipart/related' && part.contentId !== null) return false;
    if (part.within === 'multipart/alternative') return part.name !== null;
    return part.name !== null || !part.type.startsWith('text/');
  }).length;
}
