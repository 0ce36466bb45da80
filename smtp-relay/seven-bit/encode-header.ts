import { isAscii, isUtf8 } from 'node:buffer';
import { hasUtf8LocalPart } from '../../common/envelope.ts';
import { toAsciiAddress } from '../../server-kit/mail-domain.ts';
import { parseHeader, readValue } from '../submission/message/header-block.ts';
import { encodeWords, writeField, type Word } from './encode-words.ts';

const ADDRESSES =
  /^(?:(?:resent-)?(?:from|sender|reply-to|to|cc|bcc)|disposition-notification-to|errors-to|mail-(?:followup|reply)-to)$/;

/** Where an encoded-word may not stand (RFC 2047 5), and what others have signed. */
const STRUCTURED =
  /^(?:(?:resent-)?(?:date|message-id)|in-reply-to|references|received|return-path|keywords|mime-version|content-(?!description$).*|list-.*|dkim-signature|arc-.*|authentication-results)$/;

/** Whether it needs SMTPUTF8 (RFC 6532): its header, but for MIME parts within, holds UTF-8. */
export function hasUtf8Header(message: Buffer): boolean {
  if (message[0] === 0x0d) return false;
  const end = message.indexOf('\r\n\r\n');
  const head = end === -1 ? message : message.subarray(0, end);
  return !isAscii(head) && isUtf8(head);
}

/**
 * A header block, its empty line included, with UTF-8 only in encoded-words (RFC 2047): in free text, names and comments;
 * domains become A-labels. Null where that cannot be: an address whose local part needs UTF-8, a field with a syntax of
 * its own, bytes that are no UTF-8. Fields in ASCII keep their bytes.
 */
export function encodeHeader(head: Buffer): Buffer | null {
  if (isAscii(head)) return head;
  const size = head.length - (head.subarray(-4).toString('latin1') === '\r\n\r\n' ? 2 : 0);
  const fields = isUtf8(head) ? parseHeader(head.subarray(0, size)) : null;
  if (fields === null) return null;
  const pieces: Buffer[] = [];
  for (const field of fields) {
    const encoded = isAscii(field.raw) ? field.raw : encodeField(field.name, field.raw, readValue(field));
    if (encoded === null) return null;
    pieces.push(encoded);
  }
  return Buffer.concat([...pieces, head.subarray(size)]);
}

function encodeField(folded: string, raw: Buffer, value: string): Buffer | null {
  if (STRUCTURED.test(folded)) return null;
  const words = ADDRESSES.test(folded) ? encodeAddresses(value) : encodeText(value);
  const name = raw.toString('utf8', 0, raw.indexOf(':')).trim();
  return words === null ? null : Buffer.from(writeField(name, words));
}

/** Words that stand together are encoded together: the blanks between encoded-words are nobody's. */
function encodeText(value: string): Word[] {
  const runs = value.match(
    /[^ \t]*[^\u0000-\u007f][^ \t]*(?:[ \t]+[^ \t]*[^\u0000-\u007f][^ \t]*)*|[^ \t]+|[ \t]+/g,
  );
  const words: Word[] = [];
  let gap = ' ';
  for (const run of runs ?? []) {
    if (/^[ \t]+$/.test(run)) gap = run;
    else words.push(...spread(gap, isPlain(run) ? [run] : encodeWords(run)));
  }
  return words;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,:;]|[ \t]+|[^ \t"(),:;<>]+/g;

/** Mailboxes and groups (RFC 5322 3.4). */
function encodeAddresses(value: string): Word[] | null {
  const tokens = value.match(TOKEN) ?? [];
  // Something is not closed: what belongs to what cannot be said.
  if (tokens.join('') !== value) return null;
  const words: Word[] = [];
  let gap = ' ';
  /** Names before an address or a group's colon, or an address that stands alone. */
  let open: Word[] = [];
  const close = (isName: boolean): boolean => {
    const encoded = isName ? encodeName(open) : encodeBare(open);
    words.push(...(encoded ?? []));
    open = [];
    return encoded !== null;
  };
  for (const token of tokens) {
    if (/^[ \t]/.test(token)) {
      gap = token;
      continue;
    }
    if (/^[,;]/.test(token)) {
      if (!close(false)) return null;
      words.push({ gap: '', text: token });
      gap = ' ';
    } else if (/^[<:]/.test(token)) {
      const address = toPlain(token.replace(/^<|>$/g, ''));
      if (!close(true) || address === null) return null;
      words.push({ gap: token === ':' ? '' : gap, text: token === ':' ? token : `<${address}>` });
      gap = ' ';
    } else if (token.startsWith('(') && !isPlain(token)) {
      open.push({ gap, text: `(${encodeWords(unescape(token.slice(1, -1))).join(' ')})` });
      gap = '';
    } else {
      open.push({ gap, text: token });
      gap = '';
    }
  }
  return close(false) ? words : null;
}

/** A phrase: all of it encoded where one word has to be; comments, encoded by themselves, follow it. */
function encodeName(words: readonly Word[]): Word[] {
  const comments = words.filter(({ text }) => text.startsWith('('));
  const names = words.filter(({ text }) => !text.startsWith('('));
  if (names.every(({ text }) => isPlain(text))) return [...words];
  const name = names.map(({ gap, text }, index) => {
    const plain = text.startsWith('"') ? unescape(text.slice(1, -1)) : text;
    return index === 0 ? plain : gap + plain;
  });
  return [...spread(names[0]?.gap ?? ' ', encodeWords(name.join(''))), ...comments];
}

function encodeBare(words: readonly Word[]): Word[] | null {
  const encoded: Word[] = [];
  for (const { gap, text } of words) {
    const plain = toPlain(text);
    if (plain === null) return null;
    encoded.push({ gap, text: plain });
  }
  return encoded;
}

/** With A-labels for its domain; null when the local part needs UTF-8. */
function toPlain(address: string): string | null {
  if (isPlain(address)) return address;
  const ascii = hasUtf8LocalPart(address) ? null : toAsciiAddress(address);
  return ascii !== null && isPlain(ascii) ? ascii : null;
}

function spread(gap: string, texts: readonly string[]): Word[] {
  return texts.map((text, index) => ({ gap: index === 0 ? gap : ' ', text }));
}

function unescape(quoted: string): string {
  return quoted.replace(/\\(.)/g, '$1');
}

function isPlain(text: string): boolean {
  return !/[^\u0000-\u007f]/.test(text);
}
