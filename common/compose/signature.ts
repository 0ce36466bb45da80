import { readHtml } from './html-tokens.ts';
import { placeOwnPicture, simplifyHtml, textToHtml } from './simple-html.ts';
import { expandInHtml, expandVariables, type VariableValues } from './variables.ts';

/** A signature as an identity has it (`text` '' means none), and what its variables stand for. */
export interface OwnSignature {
  text: string;
  html: string | null;
  values: VariableValues;
}

/** `html` null: the mail is plain text. */
export interface Body {
  text: string;
  html: string | null;
}

/** Whether a signature says or shows nothing; a picture alone is one. */
export function isEmptySignature({ text, html }: Pick<OwnSignature, 'text' | 'html'>): boolean {
  return text.trim() === '' && !(html !== null && /<img\b/i.test(html));
}

/** The lines of a signature in plain text, its separator first (RFC 3676 4.3); none for no signature, or a picture alone. */
export function writeSignatureText(signature: OwnSignature | null): string[] {
  if (signature === null || signature.text.trim() === '') return [];
  return ['-- ', ...expandVariables(signature.text, signature.values).split('\n')];
}

/** The block of a signature in HTML, known again by its attribute; '' for no signature. */
export function writeSignatureHtml(signature: OwnSignature | null): string {
  if (signature === null || isEmptySignature(signature)) return '';
  const { text, html, values } = signature;
  const inner =
    html === null
      ? textToHtml(expandVariables(text, values))
      : simplifyHtml(expandInHtml(html, values), placeOwnPicture);
  return `<div data-signature>-- <br>${inner}</div>`;
}

/**
 * The body with another identity's signature. One that the person changed is left as it is, and so is all else. `known`
 * are the signatures that may have been put in before.
 */
export function swapSignature(body: Body, known: readonly OwnSignature[], next: OwnSignature | null): Body {
  return body.html === null ? swapInText(body, known, next) : swapInHtml(body, body.html, known, next);
}

function swapInHtml(
  body: Body,
  html: string,
  known: readonly OwnSignature[],
  next: OwnSignature | null,
): Body {
  const written = writeSignatureHtml(next);
  const block = findBlock(html);
  if (block === null) {
    if (written === '') return body;
    const place = findPlaceInHtml(html);
    const gap = html.slice(0, place) === '' ? '<div><br></div>' : '';
    return { ...body, html: html.slice(0, place) + gap + written + html.slice(place) };
  }
  const text = readPlain(html.slice(block.start, block.end));
  if (text !== '' && !known.some((one) => isSameText(one, text))) return body;
  // Its place is kept for the next one.
  const put = written === '' ? '<div data-signature><br></div>' : written;
  return { ...body, html: html.slice(0, block.start) + put + html.slice(block.end) };
}

function swapInText(body: Body, known: readonly OwnSignature[], next: OwnSignature | null): Body {
  const lines = body.text.split('\n');
  const written = writeSignatureText(next);
  for (let from = lines.length - 1; from >= 0; from -= 1) {
    if (!/^-- ?$/.test(lines[from] ?? '')) continue;
    for (const one of known) {
      const count = one.text.split('\n').length;
      if (!isSameText(one, lines.slice(from, from + count + 1).join(' '))) continue;
      return { ...body, text: lines.toSpliced(from, count + 1, ...written).join('\n') };
    }
    return body;
  }
  if (written.length === 0) return body;
  const place = findPlaceInText(lines);
  const gap = place === lines.length ? ['', ...written] : [...written, ''];
  return { ...body, text: lines.toSpliced(place, 0, ...gap).join('\n') };
}

/** Whether a text is what the signature says; of a date any will do: a draft may be older than today. */
function isSameText(signature: OwnSignature, text: string): boolean {
  const { date: _date, time: _time, ...lasting } = signature.values;
  const said = signature.html === null ? signature.text : readPlain(signature.html);
  const expanded = squeeze(`-- ${expandVariables(said, lasting)}`);
  const pattern = expanded
    .split(/\{\{\s*(?:date|time)\s*\}\}/i)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.{1,60}');
  return new RegExp(`^${pattern}$`).test(squeeze(text));
}

function readPlain(html: string): string {
  let words = '';
  for (const token of readHtml(html)) if (token.kind === 'text') words += token.text;
  return squeeze(words);
}

/** Editors move spaces and line breaks about. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Where the block with the attribute begins and ends; null when there is none. */
function findBlock(html: string): { start: number; end: number } | null {
  const start = html.search(/<div\b[^>]*\sdata-signature\b/i);
  if (start === -1) return null;
  let depth = 0;
  for (const tag of html.slice(start).matchAll(/<(\/?)div\b[^>]*>/gi)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth === 0) return { start, end: start + tag.index + tag[0].length };
  }
  return null;
}

/** Above what is quoted or forwarded (quote.ts), else at the end. */
function findPlaceInHtml(html: string): number {
  const forwarded = html.search(/<div>-{10} /);
  if (forwarded !== -1) return forwarded;
  const quote = html.search(/<blockquote\b/i);
  if (quote === -1) return html.length;
  const said = html.lastIndexOf('<div', quote);
  return said === -1 ? quote : said;
}

function findPlaceInText(lines: readonly string[]): number {
  const forwarded = lines.findIndex((line) => /^-{10} /.test(line));
  if (forwarded !== -1) return forwarded;
  const quote = lines.findIndex((line) => line.startsWith('>'));
  if (quote === -1) return lines.length;
  return Math.max(0, quote - 1);
}
