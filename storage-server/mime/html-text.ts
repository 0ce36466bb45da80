const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  zwnj: '',
  zwj: '',
  shy: '',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
  laquo: '«',
  raquo: '»',
  iquest: '¿',
  iexcl: '¡',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  Aacute: 'Á',
  Eacute: 'É',
  Iacute: 'Í',
  Oacute: 'Ó',
  Uacute: 'Ú',
  Ntilde: 'Ñ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  agrave: 'à',
  egrave: 'è',
  igrave: 'ì',
  ograve: 'ò',
  ugrave: 'ù',
  ccedil: 'ç',
  acirc: 'â',
  ecirc: 'ê',
};

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

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));?/g,
    (whole, decimal, hex, name) => {
      if (typeof name === 'string') return ENTITIES[name] ?? whole;
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : '';
    },
  );
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
