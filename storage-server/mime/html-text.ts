import { decodeHTML } from 'entities';

/** Elements whose content is not text. */
const SILENT = new Set([
  'style',
  'script',
  'head',
  'title',
  'template',
  'svg',
  'noscript',
  'object',
  'iframe',
]);

/** Named and numbered characters, all that HTML knows. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text;
}

/** The first `length` characters or so of what an HTML mail says, for a list; never for showing the mail. */
export function extractText(html: string, length: number): string {
  let text = '';
  let at = 0;
  while (at < html.length && text.length < length) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    // Indentation and filling are not to use up the length.
    const piece = decodeEntities(html.slice(at, Math.min(end, at + 8 * length))).replace(INVISIBLE, ' ');
    if (piece !== '' && piece !== ' ') text += piece;
    if (open === -1) break;
    at = skipTag(html, open);
    if (!text.endsWith(' ')) text += ' ';
  }
  return text;
}

/** Space, and the characters without width with which newsletters fill their preview. */
const INVISIBLE =
  /(?:\s|\u034f|\u17b4|[\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff])+/g;

/** Where text goes on behind the tag, comment or silent element at `open`. */
function skipTag(html: string, open: number): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open);
  const end = html.indexOf('>', open);
  if (end === -1) return html.length;
  const name = /^<([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 20))?.[1]?.toLowerCase();
  if (name === undefined || !SILENT.has(name) || html[end - 1] === '/') return end + 1;
  const closing = new RegExp(`</${name}\\b`, 'gi');
  closing.lastIndex = end;
  const found = closing.exec(html);
  return found === null ? html.length : after(html, '>', found.index);
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}
