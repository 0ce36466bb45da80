import { readHtml } from '../../compose/html-tokens.ts';

/** Tags that do not part words. */
const INLINE = new Set([
  'a',
  'b',
  'i',
  'u',
  's',
  'em',
  'strong',
  'span',
  'font',
  'small',
  'big',
  'sub',
  'sup',
  'code',
]);

/** What an HTML text says, words apart by single spaces. */
export function readPlainText(html: string): string {
  let text = '';
  for (const token of readHtml(html)) {
    if (token.kind === 'text') text += token.text;
    else if (!INLINE.has(token.name)) text += ' ';
  }
  return text.replace(/[ \t\r\n]+/g, ' ').trim();
}
