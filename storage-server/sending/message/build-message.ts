import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { htmlToText } from '../../../common/compose/html-to-text.ts';
import type { Address } from '../../../common/shapes/address.ts';

/** An attachment on its way into a message. */
export interface OutgoingPart {
  id: string;
  name: string;
  type: string;
  /** Its bytes, read once and only when its turn comes; null leaves the part empty. */
  open: (() => AsyncIterable<Uint8Array>) | null;
}

export interface OutgoingMail {
  /** With angle brackets. */
  messageId: string;
  date: Date;
  from: Address;
  replyTo: string | null;
  to: readonly Address[];
  cc: readonly Address[];
  /** Stands in our copy only: what is submitted is without (see strip-bcc.ts). */
  bcc: readonly Address[];
  subject: string;
  text: string;
  html: string | null;
  inReplyTo: string | null;
  references: readonly string[];
  /** A part whose id stands in the HTML as `cid:ID` goes beside it as an inline image. */
  attachments: readonly OutgoingPart[];
}

/** The RFC 5322 message with CRLF line ends, built as it is read; nothing of it is kept in memory but text and HTML. */
export function buildMessage(mail: OutgoingMail): Readable {
  const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1) || 'localhost';
  const { html, parts } = placeInline(mail, domain);
  const text = mail.text.trim() === '' && html !== null ? htmlToText(html) : mail.text;
  const composer = new MailComposer({
    from: plain(mail.from),
    to: mail.to.map(plain),
    cc: mail.cc.map(plain),
    bcc: mail.bcc.map(plain),
    ...(mail.replyTo === null ? {} : { replyTo: { name: '', address: mail.replyTo } }),
    subject: mail.subject.replace(CONTROLS, ' '),
    messageId: mail.messageId,
    date: mail.date,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
    references: [...mail.references],
    // An empty text would leave the mail without any part.
    text: text === '' ? '\r\n' : toLines(text),
    ...(html === null ? {} : { html: toLines(html) }),
    attachments: parts.map((part) => ({
      filename: part.name.replace(CONTROLS, ' '),
      contentType: part.type,
      content: part.open === null ? '' : Readable.from(part.open()),
      ...(part.cid === null ? {} : { cid: part.cid, contentDisposition: 'inline' }),
    })),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  node.keepBcc = true;
  return node.createReadStream();
}

/** A CR alone is no line end that a mail may hold: what leaves would differ from what is kept in Sent. */
function toLines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

const CONTROLS = /[\u0000-\u001f\u007f]+/g;

/** A line break in a name or an address must not become a header line. */
function plain(one: Address): { name: string; address: string } {
  return {
    name: (one.name ?? '').replace(CONTROLS, ' '),
    address: one.address.replace(CONTROLS, ' ').trim(),
  };
}

type PlacedPart = OutgoingPart & { cid: string | null };
const DATA_IMAGE =
  /(\bsrc=)(["'])data:(image\/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=\s]{1,500000})\2/gi;

/** A picture whose file was taken away again. */
const LOST_IMAGE = /<img\b[^>]*\bsrc=(["'])cid:att_[\w-]{1,64}\1[^>]*>/gi;

/** Content-IDs for what the HTML shows: attachments named by `cid:`, and pictures that were pasted as `data:`. */
function placeInline(mail: OutgoingMail, domain: string): { html: string | null; parts: PlacedPart[] } {
  if (mail.html === null)
    return { html: null, parts: mail.attachments.map((one) => ({ ...one, cid: null })) };
  const pasted: PlacedPart[] = [];
  let html = mail.html.replace(
    DATA_IMAGE,
    (_whole, attribute: string, quote: string, type: string, data: string) => {
      const id = `pasted${pasted.length + 1}`;
      const cid = `${id}.${mail.messageId.replace(/^<|@.*$/g, '')}@${domain}`;
      const name = `${id}.${type.slice(type.indexOf('/') + 1).toLowerCase()}`;
      const bytes = Buffer.from(data, 'base64');
      pasted.push({ id, name, type: type.toLowerCase(), cid, open: () => Readable.from([bytes]) });
      return `${attribute}${quote}cid:${cid}${quote}`;
    },
  );
  const parts = mail.attachments.map((one): PlacedPart => {
    if (!html.includes(`cid:${one.id}`)) return { ...one, cid: null };
    const cid = `${one.id}@${domain}`;
    html = html.replaceAll(new RegExp(`cid:${one.id}(?![\\w@-])`, 'g'), `cid:${cid}`);
    return { ...one, cid };
  });
  return { html: html.replace(LOST_IMAGE, ''), parts: [...parts, ...pasted] };
}
