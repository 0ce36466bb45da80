import type { BlobReader } from '../../blob/blob-reader.ts';
import { parseAddresses } from '../../mime/addresses.ts';
import { decodeText } from '../../mime/charset.ts';
import { decodeHeaderText, parseHeaders, type HeaderFields } from '../../mime/headers.ts';
import { listLeaves, type PartNode } from '../../mime/part.ts';
import { selectBody } from '../../mime/select-body.ts';
import { StructureScanner } from '../../mime/structure.ts';
import { decodeTransfer } from '../../mime/transfer.ts';
import { readHtmlWords } from './html-words.ts';
import { listWords, readWords } from './words.ts';

/** What of a mail can be found, as words with a space between. */
export interface MailText {
  sender: string;
  recipients: string;
  copies: string;
  subject: string;
  subject_stems: string;
  body: string;
  body_stems: string;
  names: string;
  headers: string;
}

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

/** Reads a stored mail for the index, piece by piece; what cannot be read of it is left out. */
export async function readMailText(blobs: BlobReader, mail: StoredMail): Promise<MailText> {
  const header = await blobs.read(mail.header);
  const headers = parseHeaders(header);
  const size = mail.size - header.length;
  const scanner = new StructureScanner(headers);
  const pieces: Buffer[] = [];
  if (size > 0) {
    for await (const piece of blobs.open(mail.body, 0, size)) {
      scanner.push(piece);
      if (size <= SMALL_BODY) pieces.push(piece);
    }
  }
  const root = scanner.end();
  const whole = pieces.length > 1 ? Buffer.concat(pieces) : pieces[0];
  const read = async (part: PartNode, most: number): Promise<Buffer> => {
    const end = Math.min(part.end, part.start + most);
    if (whole !== undefined) return whole.subarray(part.start, end);
    const found: Buffer[] = [];
    for await (const piece of blobs.open(mail.body, part.start, end)) found.push(piece);
    return Buffer.concat(found);
  };
  const subject = readWords(decodeHeaderText(headers.get('subject'), 2000));
  const body = readWords(await readBody(root, read));
  const names = listLeaves(root).flatMap(({ name }) => (name === null ? [] : listWords(name)));
  return {
    sender: listPeople(headers, ['from', 'sender']),
    recipients: listPeople(headers, ['to']),
    copies: listPeople(headers, ['cc', 'bcc']),
    subject: subject.words.join(' '),
    subject_stems: subject.stems.join(' '),
    body: body.words.join(' '),
    body_stems: body.stems.join(' '),
    names: names.join(' '),
    headers: [
      listPeople(headers, ['reply-to']),
      ...listWords(decodeHeaderText(headers.get('list-id'), 500)),
    ].join(' '),
  };
}

function listPeople(headers: HeaderFields, names: readonly string[]): string {
  const people = names.flatMap((name) =>
    headers.all(name).flatMap((value) => parseAddresses(value, MOST_ADDRESSES)),
  );
  return people.flatMap(({ name, address }) => listWords(`${name ?? ''} ${address}`)).join(' ');
}

/** As people see it: the HTML where there is any, the text where the HTML says nothing, both where it says much less. */
async function readBody(
  root: PartNode,
  read: (part: PartNode, most: number) => Promise<Buffer>,
): Promise<string> {
  const chosen = selectBody(root);
  const budget = { left: MOST_TEXT };
  const html = await readParts(chosen.html, read, budget);
  if (html !== '' && chosen.text.every((part) => part.end - part.start < 2 * html.length)) return html;
  return `${html} ${await readParts(chosen.text, read, budget)}`;
}

async function readParts(
  parts: readonly PartNode[],
  read: (part: PartNode, most: number) => Promise<Buffer>,
  budget: { left: number },
): Promise<string> {
  const texts: string[] = [];
  for (const part of parts) {
    if (budget.left <= 0) break;
    const bytes = decodeTransfer(await read(part, 3 * budget.left), part.encoding).subarray(0, budget.left);
    budget.left -= bytes.length;
    const text = decodeText(bytes, part.charset);
    texts.push(part.type === 'text/html' ? readHtmlWords(text) : text);
  }
  return texts.join('\n').trim();
}
