import { findRole } from '../../common/archive/import-path.ts';
import type { Flag } from '../../common/shapes/mail.ts';
import type { Millis } from '../../common/time.ts';
import { readHopDate } from '../mime/dates.ts';
import { decodeHeaderText, type HeaderFields } from '../mime/headers.ts';
import { parseMailDate } from '../mime/parse-date.ts';
import type { MailPlace } from './found-mail.ts';

/** Keywords of IMAP servers and mail programs that mean one of our flags, or nothing that a person would call a label. */
const KEYWORDS: ReadonlyMap<string, Flag | null> = new Map<string, Flag | null>([
  ['\\seen', 'seen'],
  ['\\answered', 'answered'],
  ['\\flagged', 'flagged'],
  ['\\draft', 'draft'],
  ['$forwarded', 'forwarded'],
  ['forwarded', 'forwarded'],
  ['$mdnsent', null],
  ['nonjunk', null],
  ['$notjunk', null],
  ['notjunk', null],
  ['junk', null],
  ['$junk', null],
]);
/** Gmail's own labels, in both languages, that are no labels of the user's. */
const GMAIL_FLAGS: ReadonlyMap<string, Flag> = new Map([
  ['starred', 'flagged'],
  ['destacados', 'flagged'],
  ['destacado', 'flagged'],
  ['opened', 'seen'],
  ['abierto', 'seen'],
  ['abiertos', 'seen'],
]);
const GMAIL_UNREAD = new Set(['unread', 'no leído', 'no leídos', 'sin leer']);
const GMAIL_SILENT =
  /^(chat|chats|category .*|categoría.*|categorías.*|imap_.*|\\\\?important|importantes?|important)$/;

const LONGEST = 8000;

/** What the header of a message says of its state where it came from; `deleted`: it only waited to be cleared away. */
export function readMarks(
  headers: HeaderFields,
): Pick<MailPlace, 'mailbox' | 'flags' | 'labels'> & { deleted: boolean } {
  const flags = new Set<Flag>();
  const labels: string[] = [];
  const status = headers.get('status') ?? '';
  const xStatus = headers.get('x-status') ?? '';
  if (status.includes('R')) flags.add('seen');
  if (xStatus.includes('A')) flags.add('answered');
  if (xStatus.includes('F')) flags.add('flagged');
  if (xStatus.includes('T')) flags.add('draft');
  const mozilla = Number.parseInt(headers.get('x-mozilla-status') ?? '0', 16) || 0;
  if ((mozilla & 0x0001) !== 0) flags.add('seen');
  if ((mozilla & 0x0002) !== 0) flags.add('answered');
  if ((mozilla & 0x0004) !== 0) flags.add('flagged');
  if ((mozilla & 0x1000) !== 0) flags.add('forwarded');
  const words = [headers.get('x-keywords'), headers.get('x-mozilla-keys')].map((value) =>
    decodeHeaderText(value, LONGEST),
  );
  for (const word of words.join(' ').split(/[\s,]+/)) addKeyword(word, flags, labels);
  const gmail = headers.get('x-gmail-labels');
  const mailbox = gmail === null ? null : readGmail(decodeHeaderText(gmail, LONGEST), flags, labels);
  return { mailbox, flags: [...flags], labels, deleted: (mozilla & 0x0008) !== 0 };
}

function addKeyword(word: string, flags: Set<Flag>, labels: string[]): void {
  if (word === '') return;
  const flag = KEYWORDS.get(word.toLowerCase());
  if (flag === undefined) labels.push(word);
  else if (flag !== null) flags.add(flag);
}

/** Google Takeout: all mail is in one file, and where it lay is among its labels. */
function readGmail(value: string, flags: Set<Flag>, labels: string[]): string {
  let role: string | null = null;
  let unread = false;
  for (const label of splitList(value)) {
    const folded = label.toLowerCase();
    const flag = GMAIL_FLAGS.get(folded);
    const known = findRole(label);
    if (flag !== undefined) flags.add(flag);
    else if (GMAIL_UNREAD.has(folded)) unread = true;
    else if (known !== null) role = chooseRole(role, known);
    else if (!GMAIL_SILENT.test(folded)) labels.push(label);
  }
  if (!unread) flags.add('seen');
  if (role === 'drafts') flags.add('draft');
  return role ?? 'archive';
}

/** What is in the Inbox and was sent by oneself lies in the Inbox; Trash and Spam win over both. */
function chooseRole(before: string | null, found: string): string {
  const order = ['trash', 'junk', 'drafts', 'inbox', 'sent', 'archive'];
  return before !== null && order.indexOf(before) < order.indexOf(found) ? before : found;
}

/** Split at commas; a label with a comma stands in quotation marks. */
function splitList(value: string): string[] {
  const found = value.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return found
    .map((one) =>
      one
        .trim()
        .replace(/^"(.*)"$/s, '$1')
        .replace(/\\(.)/g, '$1')
        .trim(),
    )
    .filter((one) => one !== '');
}

/** When a message arrived, where nothing beside it tells: its topmost stamp, else its own date, else now. */
export function readArrival(headers: HeaderFields, now: Millis): Millis {
  const hop = headers.get('received');
  const stamped = hop === null ? null : readHopDate(hop, now);
  const written = stamped ?? parseMailDate(headers.get('date') ?? '');
  return written !== null && written > 0 && written <= now ? written : now;
}
