import type { Address } from '../shapes/address.ts';
import type { AnswerKind } from '../shapes/draft.ts';
import type { Language } from '../shapes/profile.ts';
import { decodePercent } from './decode-percent.ts';
import { escapeHtml } from './html-tokens.ts';
import { htmlToText } from './html-to-text.ts';
import { writeSignatureHtml, writeSignatureText, type OwnSignature } from './signature.ts';
import { simplifyHtml } from './simple-html.ts';

export interface QuotedMail {
  from: readonly Address[];
  to: readonly Address[];
  cc: readonly Address[];
  subject: string;
  /** ISO 8601; what cannot be read as a time is left out. */
  date: string;
  text: string | null;
  html: string | null;
}

export interface QuoteOptions {
  kind: AnswerKind;
  language: Language;
  /** IANA name; null or an unknown one: UTC, and it is said. */
  timeZone: string | null;
  signature: OwnSignature | null;
  /** By Content-ID without its brackets: the attachments of the answer that are pictures of the quoted mail. */
  pictures?: ReadonlyMap<string, string>;
}

const WORDS = {
  en: {
    wrote: (date: string, who: string) => (date === '' ? `${who} wrote:` : `On ${date}, ${who} wrote:`),
    forwarded: '---------- Forwarded message ----------',
    from: 'From',
    date: 'Date',
    subject: 'Subject',
    to: 'To',
    cc: 'Cc',
  },
  es: {
    wrote: (date: string, who: string) => (date === '' ? `${who} escribió:` : `El ${date}, ${who} escribió:`),
    forwarded: '---------- Mensaje reenviado ----------',
    from: 'De',
    date: 'Fecha',
    subject: 'Asunto',
    to: 'Para',
    cc: 'Cc',
  },
} as const;

/** UTF-8 bytes, so that a quote in any script leaves room in one call of 1 MiB for what is written above it. */
const QUOTE_BYTES = { text: 200_000, html: 450_000 } as const;
/** UTF-16 units: a draft (BODY_LIMITS of shapes/draft.ts) has room for signature and answer beside it. */
const QUOTE_UNITS = 300_000;

/**
 * The body of an answer before anything is written into it: two empty lines, the signature, the
 * attribution and the quoted mail. HTML only when the mail has HTML that fits, and then made harmless.
 */
export function quoteMail(mail: QuotedMail, options: QuoteOptions): { text: string; html: string | null } {
  const plain = mail.text !== null && mail.text.trim() !== '' ? mail.text : htmlToText(mail.html ?? '');
  const forward = options.kind === 'forward';
  const read = plain.replaceAll('\r\n', '\n').trimEnd();
  // Cut as it will stand there: a mark before each of very short lines may double them.
  const text = cutText(forward ? read : quoteText(read), QUOTE_BYTES.text, forward ? '[…]' : '> […]');
  const simple =
    mail.html === null ? null : simplifyHtml(mail.html, (src) => placeQuoted(src, options.pictures));
  const { signature } = options;
  const above = forward ? writeForwardHeader(mail, options) : [attribute(mail, options)];
  const quoted = forward ? ['', text] : [text];
  const isShort = simple !== null && simple.length <= QUOTE_UNITS && countBytes(simple) <= QUOTE_BYTES.html;
  const signed = writeSignatureText(signature);
  const sign = signed.length === 0 ? [] : [...signed, ''];
  return {
    text: ['', '', ...sign, ...above, ...quoted].join('\n'),
    html: isShort ? frameHtml(simple, above, options) : null,
  };
}

/** A picture of the quoted mail that the answer carries along. */
function placeQuoted(src: string, pictures: QuoteOptions['pictures']): string | null {
  const attachment = /^cid:/i.test(src) ? pictures?.get(decodePercent(src.slice(4))) : undefined;
  return attachment === undefined ? null : `cid:${attachment}`;
}

function frameHtml(simple: string, above: readonly string[], options: QuoteOptions): string {
  const { signature, kind } = options;
  const signed = writeSignatureHtml(signature);
  const sign = signed === '' ? '' : `${signed}<div><br></div>`;
  const intro = above.map((line) => `<div>${escapeHtml(line)}</div>`).join('');
  const body = kind === 'forward' ? `<div><br></div>${simple}` : `<blockquote>${simple}</blockquote>`;
  return `<div><br></div><div><br></div>${sign}${intro}${body}`;
}

/** `> ` before each line; lines that are quotes already get a further `>` (RFC 3676 4.5). */
export function quoteText(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');
}

/** "On Sat, 21 Nov 2026, 10:15, Ana <ana@example.org> wrote:", in the reader's language and time. */
export function attribute(mail: QuotedMail, options: Pick<QuoteOptions, 'language' | 'timeZone'>): string {
  return WORDS[options.language].wrote(formatDate(mail.date, options), formatAddresses(mail.from));
}

function writeForwardHeader(mail: QuotedMail, options: QuoteOptions): string[] {
  const words = WORDS[options.language];
  const date = formatDate(mail.date, options);
  return [
    words.forwarded,
    `${words.from}: ${formatAddresses(mail.from)}`,
    ...(date === '' ? [] : [`${words.date}: ${date}`]),
    `${words.subject}: ${mail.subject}`,
    `${words.to}: ${formatAddresses(mail.to)}`,
    ...(mail.cc.length === 0 ? [] : [`${words.cc}: ${formatAddresses(mail.cc)}`]),
  ];
}

/** Names in quotes are for headers; people read `Ana López <ana@example.org>`. */
function formatAddresses(list: readonly Address[]): string {
  const shown = list
    .slice(0, 50)
    .map((one) => (one.name === null || one.name === '' ? one.address : `${one.name} <${one.address}>`));
  return shown.join(', ') + (list.length > 50 ? ', …' : '');
}

function formatDate(date: string, options: Pick<QuoteOptions, 'language' | 'timeZone'>): string {
  const at = new Date(date);
  if (Number.isNaN(at.getTime())) return '';
  const locale = options.language === 'es' ? 'es-ES' : 'en-GB';
  const show = (timeZone: string): string =>
    new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }).format(at);
  try {
    if (options.timeZone !== null) return show(options.timeZone);
  } catch (error) {
    // An unknown time zone is a RangeError: UTC below is as good as can be said.
    if (!(error instanceof RangeError)) throw error;
  }
  return `${show('UTC')} UTC`;
}

/** Cut at a line where there is one near the end, with `mark` in place of the rest. */
function cutText(text: string, bytes: number, mark: string): string {
  const size = countBytes(text);
  if (size <= bytes) return text;
  const most = Math.floor((text.length * bytes) / size);
  const line = text.lastIndexOf('\n', most);
  return `${text.slice(0, line > most / 2 ? line : most).toWellFormed()}\n${mark}`;
}

/** At most the UTF-8 length: pairs of surrogates count six instead of four. */
function countBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
