/** What the sanitiser takes for markup, and drops the whole sheet for. */
const LIKE_TAGS = /<[/\w!]/;

/**
 * A style sheet as browsers read it: without the marks of HTML comments that Outlook puts around all of it (CSS Syntax 5.4.1),
 * and without comments of its own, which name elements.
 */
export function openSheet(sheet: string): string {
  if (!LIKE_TAGS.test(sheet)) return sheet;
  let text = '';
  let at = 0;
  while (at < sheet.length) {
    const begin = sheet.indexOf('/*', at);
    text += sheet.slice(at, begin === -1 ? sheet.length : begin);
    const end = begin === -1 ? -1 : sheet.indexOf('*/', begin + 2);
    if (end === -1) break;
    text += ' ';
    at = end + 2;
  }
  return text.replaceAll('<!--', ' ').replaceAll('-->', ' ');
}
