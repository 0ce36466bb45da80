import type { MailView } from '../../../common/shapes/mail.ts';
import { formatTime } from '../../../common/time.ts';
import { parseAddresses } from '../../mime/addresses.ts';
import { decodeText, findCharset } from '../../mime/charset.ts';
import { listMessageIds, readMessageId } from '../../mime/digest.ts';
import { MIME_LIMITS, describeProblem } from '../../mime/limits.ts';
import type { PartNode } from '../../mime/part.ts';
import { selectBody } from '../../mime/select-body.ts';
import { readAuthentication } from '../../origin/read-authentication.ts';
import { describeRemote } from '../../picture/list-pictures.ts';
import { findWay } from '../../unsubscribe/find-way.ts';
import { readUnsubscribed } from '../../unsubscribe/unsubscribe-store.ts';
import type { MailCore } from '../mail-core.ts';
import { decodePart, findMail } from './mail-bytes.ts';
import { splitAccounts, toMailRow } from '../mail-record.ts';
import { readAhead } from './read-ahead.ts';
import { readStructureOrLost } from './lost-structure.ts';
import { readRoles } from '../read-mails.ts';
import { toMailPart } from './read-structure.ts';

/** `show` of the contract, without the status of what was sent. */
export async function showMail(
  core: MailCore,
  user: string,
  id: string,
): Promise<MailView & { sendKey: string | null }> {
  const mail = await findMail(core, user, id);
  const { headers, root, leaves, sizes, problem } = await readStructureOrLost(core.blobs, mail);
  const body = selectBody(root);
  const ahead = readAhead(core.blobs);
  const html = await readHtml(ahead, mail.body, body);
  const text = await readTexts(ahead, mail.body, body.text);
  const cut = text?.cut === true || html?.cut === true;
  const lost = problem === 'bytes-lost';
  const oddity = (lost ? problem : mail.problem) ?? problem ?? (cut ? 'text-cut' : null);
  const addresses = (name: string) => parseAddresses(headers.get(name), 1000);
  const authentication = await readAuthentication(core.db.read, user, {
    id: mail.id,
    accounts: splitAccounts(mail.accounts),
  });
  const way = findWay(headers, authentication);
  const doneAt = way === null ? null : await readUnsubscribed(core.db.read, user, mail.id);
  return {
    ...toMailRow(user, mail, core.ids, await readRoles(core, user)),
    // Without its bytes the row is all that is known.
    ...(lost && headers.fields.length === 0 ? {} : { from: addresses('from'), to: addresses('to') }),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    replyTo: addresses('reply-to'),
    messageId: readMessageId(headers),
    inReplyTo: listMessageIds(headers.get('in-reply-to'))[0] ?? null,
    references: listMessageIds(headers.get('references')),
    headers: headers.fields,
    text: text?.content ?? null,
    html: html?.content ?? null,
    parts: leaves.map((leaf, index) => toMailPart(leaf, sizes[index] ?? 0)),
    problem: oddity === null ? null : describeProblem(oddity),
    status: null,
    authentication,
    remote: describeRemote(html?.content ?? null),
    unsubscribe: way === null ? null : { ...way, doneAt: doneAt === null ? null : formatTime(doneAt) },
    sendKey: mail.send_key,
  };
}

type Opened = ReturnType<typeof readAhead>;

interface Read {
  content: string;
  cut: boolean;
}

/** Of all text parts together no more than this is decoded, however many there are. */
class Budget {
  left: number = MIME_LIMITS.textBytes;
}

async function readTexts(blobs: Opened, body: string, parts: readonly PartNode[]): Promise<Read | null> {
  if (parts.length === 0) return null;
  const budget = new Budget();
  const read: Read[] = [];
  for (const part of parts) read.push(await readPart(blobs, body, part, budget));
  return join(read, '\n');
}

/** HTML parts as stored; a text that stands between them keeps its place, escaped. */
async function readHtml(
  blobs: Opened,
  body: string,
  chosen: { html: readonly PartNode[] },
): Promise<Read | null> {
  if (chosen.html.length === 0) return null;
  const budget = new Budget();
  const read: Read[] = [];
  for (const part of chosen.html) {
    const { content, cut } = await readPart(blobs, body, part, budget);
    read.push({ content: part.type === 'text/html' ? content : wrapText(content), cut });
  }
  return join(read, '\n');
}

function join(read: readonly Read[], between: string): Read {
  return { content: read.map((one) => one.content).join(between), cut: read.some((one) => one.cut) };
}

function wrapText(text: string): string {
  const escaped = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<div style="white-space: pre-wrap">${escaped}</div>`;
}

async function readPart(blobs: Opened, body: string, part: PartNode, budget: Budget): Promise<Read> {
  const pieces: Buffer[] = [];
  let size = 0;
  // Quoted-printable takes three bytes for one, and line breaks besides.
  const most = 4 * budget.left + 1000;
  for await (const piece of decodePart(blobs, body, part, most)) {
    pieces.push(piece);
    size += piece.length;
    if (size > budget.left) break;
  }
  const cut = size > budget.left || part.end - part.start > most;
  const bytes = Buffer.concat(pieces).subarray(0, budget.left);
  budget.left -= bytes.length;
  const text = decodeText(bytes, findCharset(part, bytes)).toWellFormed();
  return { content: cut ? text.replace(/\ufffd$/, '') : text, cut };
}
