import type { BlobReader } from '../../blob/blob-reader.ts';
import { parseAddresses } from '../../mime/addresses.ts';
import { decodeToUtf8, findCharset } from '../../mime/charset.ts';
import { decodeHeaderText, parseHeaders, type HeaderFields } from '../../mime/headers.ts';
import { listLeaves, type PartNode } from '../../mime/part.ts';
import { selectBody } from '../../mime/select-body.ts';
import { StructureScanner } from '../../mime/structure.ts';
import { decodeTransfer } from '../../mime/transfer.ts';
import { readHtmlText } from './html-text.ts';
import type { WordWriter } from './word-writer.ts';

/** What of a mail can be found: words in UTF-8 with a space between. The body first: what stands there costs least. */
export const TEXT_COLUMNS = [
  'body',
  'subject',
  'sender',
  'recipients',
  'copies',
  'names',
  'headers',
] as const;
export type MailText = Record<(typeof TEXT_COLUMNS)[number], Buffer>;

export interface StoredMail {
  header: string;
  body: string;
  size: number;
}

/** Decoded text of one mail that is looked at. */
const MOST_TEXT = 1024 * 1024;
const MOST_ADDRESSES = 500;
/** Bodies up to this size are read once and kept while they are looked at. */
const SMALL_BODY = 1024 * 1024;

/** A stored mail's structure, and the means to read its parts without holding all of it. */
export interface OpenMail {
  headers: HeaderFields;
  root: PartNode;
  /** The first bytes of a part as they are stored, at most `most`. */
  read: (part: PartNode, most: number) => Promise<Buffer>;
}

export async function openMail(blobs: BlobReader, mail: StoredMail): Promise<OpenMail> {
  const header = await blobs.read(mail.header);
  const headers = parseHeaders(header);
  const size = mail.size - header.length;
  const scanner = new StructureScanner(headers);
  let whole: Buffer | null = null;
  if (size > 0 && size <= SMALL_BODY) {
    whole = await blobs.read(mail.body);
    scanner.push(whole);
  } else if (size > 0) {
    for await (const piece of blobs.open(mail.body, 0, size)) scanner.push(piece);
  }
  const root = scanner.end();
  const read = async (part: PartNode, most: number): Promise<Buffer> => {
    const end = Math.min(part.end, part.start + most);
    if (whole !== null) return whole.subarray(part.start, end);
    const found: Buffer[] = [];
    for await (const piece of blobs.open(mail.body, part.start, end)) found.push(piece);
    return Buffer.concat(found);
  };
  return { headers, root, read };
}

/** A mail's words for the index; what cannot be read of it is left out. */
export async function readMailText({ headers, root, read }: OpenMail, words: WordWriter): Promise<MailText> {
  // Read to the end before words are written: others write with the same writer.
  const texts = await readBody(root, read);
  for (const text of texts) words.write(text);
  const body = words.take();
  const write = (...all: string[]): Buffer => {
    for (const text of all) if (text !== '') words.write(Buffer.from(text));
    return words.take();
  };
  return {
    body,
    subject: write(decodeHeaderText(headers.get('subject'), 2000)),
    sender: write(...listPeople(headers, ['from', 'sender'])),
    recipients: write(...listPeople(headers, ['to'])),
    copies: write(...listPeople(headers, ['cc', 'bcc'])),
    names: write(...listLeaves(root).map(({ name }) => name ?? '')),
    headers: write(...listPeople(headers, ['reply-to']), decodeHeaderText(headers.get('list-id'), 500)),
  };
}

/** Who wrote it, null where it does not say. */
export function readSender(headers: HeaderFields): { name: string; address: string } | null {
  const [sender] = parseAddresses(headers.get('from') ?? headers.get('sender'), 1);
  if (sender === undefined || sender.address === '') return null;
  return { name: sender.name ?? '', address: sender.address.toLowerCase() };
}

function listPeople(headers: HeaderFields, names: readonly string[]): string[] {
  return names.flatMap((name) =>
    headers
      .all(name)
      .flatMap((value) => parseAddresses(value, MOST_ADDRESSES))
      .map((one) => `${one.name ?? ''} ${one.address}`),
  );
}

/** As people see it: the HTML where there is any, the text where the HTML says nothing, both where it says much less. */
export async function readBody(root: PartNode, read: OpenMail['read']): Promise<Buffer[]> {
  const chosen = selectBody(root);
  const budget = { left: MOST_TEXT };
  const html = await readParts(chosen.html, read, budget);
  const said = html.reduce((sum, one) => sum + countVisible(one), 0);
  if (said > 0 && chosen.text.every((part) => part.end - part.start < 2 * said)) return html;
  return [...html, ...(await readParts(chosen.text, read, budget))];
}

function countVisible(text: Buffer): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if ((text[at] as number) > 32) count += 1;
  return count;
}

async function readParts(
  parts: readonly PartNode[],
  read: OpenMail['read'],
  budget: { left: number },
): Promise<Buffer[]> {
  const texts: Buffer[] = [];
  for (const part of parts) {
    if (budget.left <= 0) break;
    const bytes = decodeTransfer(await read(part, 3 * budget.left), part.encoding).subarray(0, budget.left);
    budget.left -= bytes.length;
    const text = decodeToUtf8(bytes, findCharset(part, bytes));
    texts.push(part.type === 'text/html' ? readHtmlText(text) : text);
  }
  return texts;
}
