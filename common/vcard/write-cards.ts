import type { ContactGroup } from '../shapes/contact-group.ts';
import type { Contact } from '../shapes/contact.ts';
import { readCardName } from './card-name.ts';
import { readProperty, unfoldLines } from './content-lines.ts';
import { encodeUtf8 } from './decode-text.ts';
import { escapeText } from './escapes.ts';
import { writeUid } from './group-cards.ts';
import { writeProperty } from './keep-card.ts';

/** What our fields hold; the rest comes from the card as it came in. */
const OURS = new Set([
  'FN',
  'EMAIL',
  'TEL',
  'ORG',
  'TITLE',
  'NOTE',
  'CATEGORIES',
  'X-ABLABEL',
  'UID',
  'KIND',
]);
/** What repeats a name in its parts. */
const NAMES = new Set(['N', 'SORT-STRING', 'X-PHONETIC-FIRST-NAME', 'X-PHONETIC-LAST-NAME']);
/** Octets of a line without its end (RFC 6350 3.2). */
const WIDTH = 75;

/** Contacts, and groups of them, as vCard 4.0 (RFC 6350), with CRLF; `id` becomes the UID. */
export function writeCards(
  contacts: readonly (Contact & { id: string })[],
  groups: readonly (ContactGroup & { id: string })[] = [],
): string {
  return [...contacts.map(writeCard), ...groups.map(writeGroup)].join('');
}

/** RFC 6350 6.1.4 and 6.6.5. */
function writeGroup({ id, name, members }: ContactGroup & { id: string }): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${writeUid(id)}`,
    'KIND:group',
    `FN:${escapeText(name)}`,
    ...members.map(({ contact, address }) =>
      contact === null || address !== null
        ? `MEMBER:mailto:${encodeURI(address ?? '')}`
        : `MEMBER:${writeUid(contact)}`,
    ),
    'END:VCARD',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function writeCard(contact: Contact & { id: string }): string {
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `UID:${writeUid(contact.id)}`,
    `FN:${escapeText(contact.name || contact.organisation || contact.emails[0]?.address || '')}`,
    ...contact.emails.map(({ address, kind }) => `EMAIL${writeType(kind)}:${escapeText(address)}`),
    ...contact.phones.map(({ number, kind }) => `TEL${writeType(kind)};VALUE=text:${escapeText(number)}`),
    ...(contact.organisation === null ? [] : [`ORG:${escapeText(contact.organisation)}`]),
    ...(contact.title === null ? [] : [`TITLE:${escapeText(contact.title)}`]),
    ...(contact.note === null ? [] : [`NOTE:${escapeText(contact.note)}`]),
    ...(contact.groups.length === 0 ? [] : [`CATEGORIES:${contact.groups.map(escapeText).join(',')}`]),
    ...listRest(contact),
    'END:VCARD',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function writeType(kind: string | null): string {
  const safe = kind?.replace(/["\u0000-\u001f\u007f]/g, '').trim() ?? '';
  if (safe === '') return '';
  return /^[\w-]+$/.test(safe) ? `;TYPE=${safe}` : `;TYPE="${safe}"`;
}

function listRest({ name, vcard }: Contact): string[] {
  if (vcard === null) return [];
  const properties = [...unfoldLines(encodeUtf8(vcard))].flatMap((line) => readProperty(line) ?? []);
  // Who was given another name here would keep the old one: phones and Google go by N.
  const isRenamed = readCardName(properties) !== name;
  return properties
    .filter((one) => !OURS.has(one.name) && !/^(?:BEGIN|END|VERSION)$/.test(one.name))
    .filter((one) => !isRenamed || !NAMES.has(one.name))
    .map(writeProperty);
}

/** Broken before 75 octets, never within a character. */
function fold(line: string): string {
  let folded = '';
  let width = 0;
  for (const char of line.toWellFormed()) {
    const octets = encodeUtf8(char).length;
    if (width + octets > WIDTH) {
      folded += '\r\n ';
      width = 1;
    }
    folded += char;
    width += octets;
  }
  return folded;
}
