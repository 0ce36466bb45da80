import { readHtml } from './html-tokens.ts';

const SPACED = new Set(['p', 'ul', 'ol', 'pre', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dl']);
const BLOCKS = new Set([
  ...SPACED,
  'div',
  'li',
  'tr',
  'dt',
  'dd',
  'section',
  'article',
  'header',
  'footer',
  'center',
  'address',
]);
const DEEPEST_QUOTE = 20;

/** HTML as plain text: blocks on lines of their own, quotes with `>`, list items with `- `, links with their address behind. */
export function htmlToText(html: string): string {
  const page = makePage();
  let verbatim = 0;
  let href: string | null = null;
  let anchor = '';
  for (const token of readHtml(html)) {
    if (token.kind === 'text') {
      const text = verbatim > 0 ? token.text : token.text.replace(/[ \t\r\n]+/g, ' ');
      if (href !== null) anchor += text;
      if (verbatim > 0) page.writeLines(text);
      else page.write(text);
      continue;
    }
    const { name } = token;
    const opening = token.kind === 'open';
    if (name === 'a') {
      if (!opening) page.write(describeLink(href, anchor));
      href = opening ? (token.attributes.get('href')?.trim() ?? null) : null;
      anchor = '';
    } else if (name === 'blockquote') {
      page.quote(opening ? 1 : -1);
    } else if (BLOCKS.has(name)) {
      page.endBlock(SPACED.has(name));
      if (name === 'pre') verbatim = Math.max(0, verbatim + (opening ? 1 : -1));
      if (name === 'li' && opening) page.write('- ');
    } else if (token.kind === 'open') {
      if (name === 'br') page.breakLine();
      else if (name === 'td' || name === 'th') page.write(' ');
      else if (name === 'img') page.write(token.attributes.get('alt') ?? '');
      else if (name === 'hr') page.writeLines('\n----------\n');
    }
  }
  return page.read();
}

/** Where a link goes, when its text does not say it. */
function describeLink(href: string | null, anchor: string): string {
  if (href === null || !/^(?:https?:|mailto:)/i.test(href)) return '';
  const target = href.replace(/^mailto:/i, '');
  const shown = anchor.trim();
  return shown === target || shown === href ? '' : ` <${target}>`;
}

/** Lines with their depth of quoting; blank lines between blocks appear only when something follows. */
function makePage() {
  const lines: { depth: number; text: string }[] = [];
  let line = '';
  // Asking the line itself would copy all of it, at each of its pieces.
  let atSpace = true;
  let depth = 0;
  let gap = false;
  const put = (text: string): void => {
    const last = lines.at(-1);
    if (gap && last && last.text !== '') lines.push({ depth: Math.min(depth, last.depth), text: '' });
    gap = false;
    lines.push({ depth, text });
  };
  const empty = (): void => {
    line = '';
    atSpace = true;
  };
  const add = (text: string): void => {
    line += text;
    if (text !== '') atSpace = text.endsWith(' ');
  };
  const endLine = (): void => {
    const text = stripEnd(line, ' \t');
    empty();
    if (text !== '') put(text);
  };
  const write = (text: string): void => add(atSpace ? text.replace(/^ +/, '') : text);
  return {
    write,
    writeLines: (text: string): void => {
      for (const [index, piece] of text.split('\n').entries()) {
        if (index > 0) endLine();
        add(piece);
      }
    },
    breakLine: (): void => {
      if (line.trim() === '') put('');
      else endLine();
      empty();
    },
    endBlock: (spaced: boolean): void => {
      endLine();
      gap ||= spaced;
    },
    quote: (step: 1 | -1): void => {
      endLine();
      gap = true;
      depth = Math.max(0, Math.min(DEEPEST_QUOTE, depth + step));
    },
    read: (): string => {
      endLine();
      const text = lines
        .map((one) => '>'.repeat(one.depth) + (one.depth > 0 && one.text !== '' ? ' ' : '') + one.text)
        .join('\n')
        .replace(/^\n+/, '');
      return stripEnd(text, '\n').replaceAll('\u00a0', ' ');
    },
  };
}

/** Without these characters at its end. By hand: an expression for it looks at each long run inside the text again and again. */
function stripEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
