import { WROTE_LINE } from './plain-text.ts';

/** Wrappers by which mail programs mark what they quote. */
const QUOTES = [
  'blockquote[type=cite]',
  'blockquote.gmail_quote',
  '.gmail_quote',
  '.moz-cite-prefix + blockquote',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.tutanota_quote',
].join(',');

/**
 * Puts quoted text of a clean mail behind a <details>, made in the mail's own document.
 * `cite` was taken off by the sanitiser, so plain blockquotes after an "On … wrote:" line count too.
 * Never all of the mail: where nothing else is left, it stays open.
 */
export function foldQuotes(content: DocumentFragment, label: string): void {
  const found = [...content.querySelectorAll(QUOTES)];
  for (const quote of content.querySelectorAll('blockquote')) {
    if (isIntroduced(quote)) found.push(quote);
  }
  const outer = found.filter(
    (quote, at) =>
      found.indexOf(quote) === at && !found.some((other) => other !== quote && other.contains(quote)),
  );
  const all = lengthOf(content);
  const quoted = outer.reduce((sum, quote) => sum + lengthOf(quote), 0);
  if (all - quoted < 1) return;
  for (const quote of outer) {
    const details = quote.ownerDocument.createElement('details');
    details.className = 'valija-quote';
    const summary = quote.ownerDocument.createElement('summary');
    summary.textContent = label;
    quote.replaceWith(details);
    details.append(summary, quote);
  }
}

function lengthOf(node: Node): number {
  return (node.textContent ?? '').replace(/\s+/g, '').length;
}

function isIntroduced(quote: Element): boolean {
  if (quote.getAttribute('type') === 'cite') return true;
  let before: Node | null = quote.previousSibling;
  while (before !== null && (before.textContent ?? '').trim() === '') before = before.previousSibling;
  const line = (before?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return WROTE_LINE.test(line.slice(-220).replace(/^.*?(?=(?:On|El|Am|Le) )/u, ''));
}
