import { readHtml } from '../../../common/compose/html-tokens.ts';

/** Elements in the middle of a word; all others end it. */
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'big',
  'code',
  'em',
  'font',
  'i',
  'ins',
  'mark',
  's',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'tt',
  'u',
  'wbr',
]);

/** What an HTML mail says to who reads it: no addresses of links, which are long and say nothing. */
export function readHtmlWords(html: string): string {
  const pieces: string[] = [];
  for (const token of readHtml(html)) {
    if (token.kind === 'text') pieces.push(token.text);
    else if (token.kind === 'open' && token.name === 'img')
      pieces.push(' ', token.attributes.get('alt') ?? '', ' ');
    else if (!INLINE.has(token.name)) pieces.push(' ');
  }
  return pieces.join('');
}
