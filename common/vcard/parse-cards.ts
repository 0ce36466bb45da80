import { isMailAddress } from '../compose/check-address.ts';
import type { Contact } from '../shapes/contact.ts';
import { readCardName } from './card-name.ts';
import { readProperty, unfoldLines, type Property } from './content-lines.ts';
import { normaliseBytes } from './decode-text.ts';
import { cleanLine, splitValue, unescapeText } from './escapes.ts';
import { findMembers, readGroupCard, readUid, type GroupCard, type ParsedGroup } from './group-cards.ts';
import { keepCard } from './keep-card.ts';

/** What a file of cards holds; `bad` counts those that say of nobody who it is, and those that are too many. */
export interface ParsedCards {
  contacts: Contact[];
  /** Cards of the kind group (RFC 6350 6.1.4, and Apple's in vCard 3). */
  groups: ParsedGroup[];
  bad: number;
}

const MOST_CARDS = 10_000;
const MOST_PROPERTIES = 1000;

/** Reads vCards 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350). `bytes` holds one byte in each character. */
export function parseCards(bytes: string): ParsedCards {
  const found: Found = { contacts: [], groups: [], bad: 0, places: new Map() };
  let open: Property[] | null = null;
  let depth = 0;
  // Files without a newline at their end, put one behind the other.
  const apart = normaliseBytes(bytes).replace(/(END[ \t]*:[ \t]*VCARD)[ \t]*(?=BEGIN[ \t]*:)/gi, '$1\r\n');
  for (const line of unfoldLines(apart)) {
    if (/^\s*(?:[\w-]+\.)?BEGIN\s*:\s*VCARD\s*$/i.test(line)) {
      // Only an AGENT (2.1) holds another card: otherwise the end of the last one is missing.
      if (depth === 1 && open !== null && open.at(-1)?.name !== 'AGENT') addCard(found, open);
      else depth += 1;
      if (depth === 1) open = [];
    } else if (/^\s*(?:[\w-]+\.)?END\s*:\s*VCARD\s*$/i.test(line)) {
      depth = Math.max(0, depth - 1);
      if (depth > 0 || open === null) continue;
      addCard(found, open);
      open = null;
    } else if (depth === 1 && open !== null && open.length < MOST_PROPERTIES) {
      const property = readProperty(line);
      if (property !== null) open.push(property);
    }
  }
  // A file that was cut off: what is there of its last card is better than nothing.
  if (open !== null && open.length > 0) addCard(found, open);
  return finish(found);
}

interface Found extends Omit<ParsedCards, 'groups'> {
  groups: GroupCard[];
  /** Where the contact with a UID stands among the contacts. */
  places: Map<string, number>;
}

/** A group may name cards that come behind it. */
function finish({ contacts, groups, bad, places }: Found): ParsedCards {
  return { contacts, groups: groups.map((group) => findMembers(group, places)), bad };
}

function addCard(found: Found, properties: readonly Property[]): void {
  const group = readGroupCard(properties);
  if (group !== null) {
    found.groups.push(group);
    return;
  }
  const contact = readContact(properties);
  const somebody = contact.name !== '' || contact.emails.length > 0 || contact.organisation !== null;
  if (!somebody || found.contacts.length >= MOST_CARDS) {
    found.bad += 1;
    return;
  }
  const uid = properties.find(({ name }) => name === 'UID')?.value;
  if (uid !== undefined) found.places.set(readUid(uid), found.contacts.length);
  found.contacts.push(contact);
}

function readContact(properties: readonly Property[]): Contact {
  const all = (name: string): Property[] => properties.filter((one) => one.name === name);
  const text = (name: string): string => cleanLine(unescapeText(all(name)[0]?.value ?? ''));
  const emails = all('EMAIL').flatMap((one) => {
    const address = unescapeText(one.value).replace(/^mailto:/i, '');
    return isMailAddress(address) ? [{ address, kind: readKind(one, properties) }] : [];
  });
  const phones = all('TEL').flatMap((one) => {
    const number = cleanLine(unescapeText(one.value).replace(/^tel:/i, ''));
    return number === '' ? [] : [{ number, kind: readKind(one, properties) }];
  });
  const organisation = cleanLine(
    splitValue(all('ORG')[0]?.value ?? '', ';')
      .filter((part) => part !== '')
      .join(', '),
  );
  const groups = all('CATEGORIES').flatMap((one) =>
    splitValue(one.value, ',').map((part) => cleanLine(part)),
  );
  const note = unescapeText(
    all('NOTE')
      .map(({ value }) => value)
      .join('\n\n'),
  ).slice(0, 10_000);
  return {
    name: readCardName(properties),
    emails: dropSame(emails, ({ address }) => address.toLowerCase()).slice(0, 50),
    phones: dropSame(phones, ({ number }) => number.replace(/\D/g, '') || number).slice(0, 50),
    organisation: organisation || null,
    title: text('TITLE') || null,
    note: note || null,
    groups: dropSame(
      groups.filter((group) => group !== ''),
      (group) => group.toLowerCase(),
    ).slice(0, 50),
    vcard: keepCard(properties),
    collected: false,
  };
}

/** Types that say nothing of what the address is for. */
const SILENT = new Set(['INTERNET', 'PREF', 'VOICE', 'X400', 'TEXT', 'OTHER']);

/** Apple labels by a property of the same group, others by TYPE. */
function readKind(property: Property, properties: readonly Property[]): string | null {
  const label = properties.find(
    ({ name, group }) => name === 'X-ABLABEL' && group !== '' && group === property.group,
  );
  const named = cleanLine(
    unescapeText(label?.value ?? '').replace(/^_\$!<(.*)>!\$_$/, '$1'),
    100,
  ).toLowerCase();
  if (named !== '') return named;
  // RFC 6350 has lists of types in quotation marks too; what somebody wrote may have a comma in it.
  const given = (property.parameters.get('TYPE') ?? []).flatMap((type) =>
    /^[\w,-]+$/.test(type) ? type.split(',') : [type],
  );
  const types = given.filter((type) => !SILENT.has(type.toUpperCase()));
  return cleanLine(types[0] ?? '', 100).toLowerCase() || null;
}

function dropSame<T>(list: readonly T[], key: (one: T) => string): T[] {
  const found = new Map<string, T>();
  for (const one of list) if (!found.has(key(one))) found.set(key(one), one);
  return [...found.values()];
}
