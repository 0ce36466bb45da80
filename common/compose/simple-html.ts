import { escapeHtml, readHtml } from './html-tokens.ts';

/** What a written mail consists of; everything else of a source is dropped, its text stays. */
const KEPT = new Set([
  'p',
  'div',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'a',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
  'h1',
  'h2',
  'h3',
  'h4',
]);
/** Block elements that become plain `div`s, so that their lines stay apart. */
const DIVS = new Set([
  'tr',
  'section',
  'article',
  'header',
  'footer',
  'center',
  'address',
  'h5',
  'h6',
  'dt',
  'dd',
]);
const DEEPEST = 50;

/** The `src` that a picture gets by the one it had; null: its alternative text stands in its place. */
export type PlacePicture = (src: string) => string | null;

/** For what a person wrote himself: pictures that stand in it and are drawn, never what is fetched or may run, as SVG does. */
export const placeOwnPicture: PlacePicture = (src) =>
  /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/.test(src) ? src : null;

/**
 * A received mail's HTML as simple markup for quoting: only the elements above, links only to
 * http(s) and mailto, no styles, images as their alternative text but for those that `place` takes. Well-formed, and
 * made from nothing but these names and escaped text, so that no script or remote content can pass.
 */
export function simplifyHtml(html: string, place: PlacePicture = () => null): string {
  const out: string[] = [];
  const stack: string[] = [];
  for (const token of readHtml(html)) {
    if (token.kind === 'text') {
      out.push(escapeHtml(token.text));
      continue;
    }
    const name = DIVS.has(token.name) ? 'div' : token.name;
    if (token.kind === 'open') {
      if (name === 'br') out.push('<br>');
      else if (name === 'hr') out.push('<br>');
      else if (name === 'td' || name === 'th') out.push(' ');
      else if (name === 'img') out.push(writePicture(token.attributes, place));
      else if (KEPT.has(name) && stack.length < DEEPEST) {
        stack.push(name);
        out.push(openTag(name, token.attributes));
      }
    } else if (stack.includes(name)) {
      while (stack.length > 0) {
        const last = stack.pop();
        out.push(`</${last}>`);
        if (last === name) break;
      }
    }
  }
  while (stack.length > 0) out.push(`</${stack.pop()}>`);
  return out.join('');
}

function writePicture(attributes: Map<string, string>, place: PlacePicture): string {
  const alt = escapeHtml(attributes.get('alt') ?? '');
  const src = place(attributes.get('src')?.trim() ?? '');
  if (src === null) return alt;
  const sizes = (['width', 'height'] as const)
    .map((name) => [name, /^\s*(\d{1,4})(?:px)?\s*$/.exec(attributes.get(name) ?? '')?.[1]] as const)
    .map(([name, size]) => (size === undefined ? '' : ` ${name}="${size}"`));
  return `<img src="${escapeHtml(src)}" alt="${alt}"${sizes.join('')}>`;
}

function openTag(name: string, attributes: Map<string, string>): string {
  if (name !== 'a') return `<${name}>`;
  const href = attributes.get('href')?.trim() ?? '';
  return /^(?:https?:\/\/|mailto:)[^\s\u0000-\u001f]*$/i.test(href)
    ? `<a href="${escapeHtml(href)}">`
    : '<a>';
}

/** Plain text as HTML: lines, indentation and links kept, `>` quotes as nested blockquotes. */
export function textToHtml(text: string): string {
  const out: string[] = [];
  let depth = 0;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const quoted = /^(?:> ?){1,20}/.exec(line)?.[0] ?? '';
    const level = quoted.replaceAll(' ', '').length;
    while (depth < level) {
      out.push('<blockquote>');
      depth++;
    }
    while (depth > level) {
      out.push('</blockquote>');
      depth--;
    }
    const shown = linkAddresses(line.slice(quoted.length));
    out.push(`<div>${shown === '' ? '<br>' : shown}</div>`);
  }
  return out.join('') + '</blockquote>'.repeat(depth);
}

function linkAddresses(line: string): string {
  return line
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
    .map((piece, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(piece)}">${escapeHtml(piece)}</a>`
        : escapeHtml(piece).replace(/^ +| {2,}/g, (spaces) => '\u00a0'.repeat(spaces.length)),
    )
    .join('');
}
