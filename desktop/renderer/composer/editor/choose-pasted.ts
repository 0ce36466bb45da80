/** What is taken of a clipboard or of something dropped: its files, or its text. */
export function choosePasted(given: { files: number; html: string }): 'files' | 'text' {
  if (given.files === 0) return 'text';
  // A picture that was copied in a page comes as file and as HTML that names it. A table of a spreadsheet comes as both too,
  // but its HTML says something.
  const inside = given.html.replace(/<!--[^]*?-->|<(style|title|head)\b[^]*?<\/\1\s*>/gi, '');
  const words = inside.replace(/<[^>]*>|&nbsp;/g, '').trim();
  return words === '' ? 'files' : 'text';
}
