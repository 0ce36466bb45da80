import { findQuotedRest } from './classify-lines.ts';
import { isForwardLine, isWroteLine } from './quote-marks.ts';
import { readLines } from './read-lines.ts';

/** Wrappers by which mail programs mark what they quote. */
const QUOTES = [
  'blockquote[type=cite]',
  'blockquote.gmail_quote',
  '.gmail_quote',
  '.moz-cite-prefix + blockquote',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.tutanota_quote',
  '.zmail_extra',
  'blockquote.cite',
  'blockquote.clean_bq',
  '.front-blockquote',
  'blockquote.quote',
].join(',');
const SIGNATURES = '.gmail_signature, .moz-signature, .protonmail_signature_block, .tutanota_signature';
/** Nodes without words between a quote and the line that announces it. */
const MOST_BLANK = 20;
/** Letters; a shorter signature is sooner read than opened. */
const LONG_SIGNATURE = 240;

export interface FoldLabels {
  quote: string;
  signature: string;
}

/**
 * Puts quoted text of a clean mail behind a <details>, made in the mail's own document, and long signatures too.
 * `cite` was taken off by the sanitiser, so plain blockquotes after an "On … wrote:" line count too. What is passed on is not
 * quoted. Never all of the mail: where nothing else is left, it stays open.
 */
export function foldQuotes(content: DocumentFragment, labels: FoldLabels): void {
  const rest = findRest(content);
  const covered = new Set<Node>(rest);
  const found = new Set([...content.querySelectorAll(QUOTES)].filter((quote) => !isForward(quote)));
  for (const quote of content.querySelectorAll('blockquote')) {
    if (isIntroduced(quote)) found.add(quote);
  }
  const single = [...found].filter((quote) => !isWithin(quote, covered));
  for (const quote of single) covered.add(quote);
  const outer = single.filter((quote) => !isWithin(quote.parentNode, covered));
  const signatures = [...content.querySelectorAll(SIGNATURES)].filter((one) => !isWithin(one, covered));
  const folded = [...rest, ...outer, ...signatures].reduce((sum, node) => sum + lengthOf(node), 0);
  if (lengthOf(content) - folded < 1) return;
  for (const quote of outer) fold([quote], 'valija-quote', labels.quote);
  fold(rest, 'valija-quote', labels.quote);
  for (const one of signatures) {
    if (lengthOf(one) > LONG_SIGNATURE) fold([one], 'valija-quote', labels.signature);
  }
}

/** By its ancestors, of which there are few: a mail of a hundred thousand quotes is not to compare each with all. */
function isWithin(node: Node | null, covering: ReadonlySet<Node>): boolean {
  for (let at = node; at !== null; at = at.parentNode) if (covering.has(at)) return true;
  return false;
}

/** Nodes one after the other that are quoted from a header or a line to the end of the mail. */
function findRest(content: DocumentFragment): Node[] {
  const lines = readLines(content);
  const at = findQuotedRest(lines.map(({ text }) => text));
  let node = lines[at]?.start ?? null;
  if (node === null) return [];
  // Up as long as nothing stands before it.
  while (node.parentNode !== null && node.parentNode !== content && isFirst(node)) node = node.parentNode;
  const before = previousElement(node);
  if (before?.nodeName === 'HR') node = before;
  if (/^(?:TABLE|TBODY|TR|UL|OL)$/.test(node.parentNode?.nodeName ?? '')) return [];
  const rest: Node[] = [];
  for (let place: Node | null = node; place !== null && place !== content; place = place.parentNode) {
    if (place === node) rest.push(place);
    for (let next = place.nextSibling; next !== null; next = next.nextSibling) rest.push(next);
  }
  return rest;
}

function isFirst(node: Node): boolean {
  for (let before = node.previousSibling; before !== null; before = before.previousSibling) {
    if (before.nodeName !== 'HR' && ((before.textContent ?? '').trim() !== '' || hasPicture(before)))
      return false;
  }
  return true;
}

function hasPicture(node: Node): boolean {
  return node.nodeName === 'IMG' || (node.nodeType === 1 && (node as Element).querySelector('img') !== null);
}

function previousElement(node: Node): Node | null {
  let before = node.previousSibling;
  while (before !== null && before.nodeType !== 1 && (before.textContent ?? '').trim() === '') {
    before = before.previousSibling;
  }
  return before;
}

function fold(nodes: readonly Node[], className: string, label: string): void {
  const [first] = nodes;
  const document = first?.ownerDocument;
  if (first === undefined || !document) return;
  const details = document.createElement('details');
  details.className = className;
  const summary = document.createElement('summary');
  summary.textContent = label;
  first.parentNode?.insertBefore(details, first);
  details.append(summary);
  // One by one: there may be more than a call has room for.
  for (const node of nodes) details.append(node);
}

function lengthOf(node: Node): number {
  return (node.textContent ?? '').replace(/\s+/g, '').length;
}

/** A wrapper that holds what is passed on, as Gmail's does. */
function isForward(quote: Element): boolean {
  const start = (quote.textContent ?? '').trimStart().slice(0, 200);
  const line = /^[-\s]*[\p{L}’' ]{5,60}[-\s]*/u.exec(start)?.[0] ?? '';
  return isForwardLine(line.replace(/\s+/g, ' ')) || isForwardLine(start.split('\n')[0] ?? '');
}

function isIntroduced(quote: Element): boolean {
  if (quote.getAttribute('type') === 'cite') return true;
  let before: Node | null = quote.previousSibling;
  for (let blank = 0; blank < MOST_BLANK && (before?.textContent ?? 'x').trim() === ''; blank += 1) {
    before = before?.previousSibling ?? null;
  }
  const line = (before?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return isWroteLine(line.slice(-300).replace(/^.*?(?=(?:On|El|Am|Le|Il|Em) )/u, ''));
}
