export type HtmlToken =
  | { kind: 'text'; text: string }
  | { kind: 'open'; name: string; attributes: Map<string, string> }
  | { kind: 'close'; name: string };

/** Elements whose content is no text of the mail. */
const SKIPPED = new Set([
  'script',
  'style',
  'title',
  'head',
  'noscript',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'textarea',
  'select',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
]);

/**
 * Cuts HTML into tags and text, in time linear in its length. It is no parser: whoever uses the
 * tokens writes new markup from them and escapes every text, so nothing of the source passes as it is.
 */
export function* readHtml(html: string): Generator<HtmlToken> {
  let at = 0;
  let skipping: string | null = null;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    if (end > at && skipping === null) yield { kind: 'text', text: decodeEntities(html.slice(at, end)) };
    if (open === -1) return;
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4);
      at = close === -1 ? html.length : close + 3;
      continue;
    }
    const name = /^<(\/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})/.exec(html.slice(open, open + 44));
    if (!name) {
      const mark = /^<[!?/]/.test(html.slice(open, open + 2));
      if (!mark && skipping === null) yield { kind: 'text', text: '<' };
      const close = mark ? html.indexOf('>', open) : open;
      at = close === -1 ? html.length : close + 1;
      continue;
    }
    const tag = name[2]!.toLowerCase();
    const close = findTagEnd(html, open + name[0].length);
    const source = html.slice(open + name[0].length, close);
    at = close + 1;
    if (skipping !== null) {
      if (name[1] === '/' && tag === skipping) skipping = null;
    } else if (name[1] === '/') {
      yield { kind: 'close', name: tag };
    } else if (SKIPPED.has(tag)) {
      if (!source.endsWith('/')) skipping = tag;
    } else {
      yield { kind: 'open', name: tag, attributes: readAttributes(source) };
    }
  }
}

/** UTF-16 units of a tag whose attributes are read: a signature's picture stands in one. */
const LONGEST_TAG = 100_000;

/** Where the tag's `>` stands: one in a quoted value does not end it. */
function findTagEnd(html: string, from: number): number {
  let quote: string | null = null;
  for (let at = from; at < html.length; at++) {
    const char = html[at]!;
    if (quote !== null) {
      if (char === quote) quote = null;
    } else if ((char === '"' || char === "'") && html[at - 1] === '=') {
      quote = char;
    } else if (char === '>') {
      return at;
    }
  }
  return html.length;
}

function readAttributes(source: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /([^\s=/"'<>]{1,60})=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
  for (const match of source.slice(0, LONGEST_TAG).matchAll(pattern)) {
    found.set(match[1]!.toLowerCase(), decodeEntities(match[2] ?? match[3] ?? match[4] ?? ''));
  }
  return found;
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  euro: '€',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  iexcl: '¡',
  iquest: '¿',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
  ccedil: 'ç',
  egrave: 'è',
  agrave: 'à',
  Aacute: 'Á',
  Eacute: 'É',
  Iacute: 'Í',
  Oacute: 'Ó',
  Uacute: 'Ú',
  Ntilde: 'Ñ',
  zwnj: '',
  shy: '',
};

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
    (whole, dec, hex, name) => {
      if (name !== undefined) return ENTITIES[name as string] ?? whole;
      const code = dec === undefined ? Number.parseInt(hex as string, 16) : Number(dec);
      const valid = code >= 0x20 && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff);
      return valid || code === 9 || code === 10 ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}

/** Text as it may stand in HTML, between tags and in quoted attribute values. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
