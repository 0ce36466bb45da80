import { readFile } from 'node:fs/promises';
import { describeError } from '../../common/error-texts/describe.ts';
import { foldGroup } from '../../common/contact/list-groups.ts';
import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import type { Contact } from '../../common/shapes/contact.ts';
import { placeGroups } from '../../common/vcard/group-cards.ts';
import { parseCards } from '../../common/vcard/parse-cards.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { nameOf } from './find-contact.ts';

/** Of one call: the server takes 1 MiB. */
const MOST_AT_ONCE = 200;
const MOST_BYTES = 700_000;
const LARGEST_FILE = 50_000_000;

/** `contact import FILE`: vCards of any version. Who is there already, by name and addresses, is left as he is. */
export async function run(call: Call): Promise<Outcome> {
  const [file = ''] = call.typed.words;
  const { contacts, groups, bad } = parseCards(await readCards(file));
  if (contacts.length === 0 && groups.length === 0 && bad === 0) throw makeUsageError('no-cards', { file });
  const connection = await call.connect();
  const { profile } = connection;
  const ids: (string | null)[] = [];
  const skipped: { source: string; code: string; message: string }[] = [];
  let added = 0;
  let there = 0;
  for (const batch of cutBatches(contacts)) {
    const done = await ask(profile.contact.import.mutate({ contacts: batch }));
    ids.push(...done.ids);
    added += done.added;
    there += done.there;
    for (const { at, code, reason, address } of done.refused) {
      const { message } = describeError(
        { code, reason, params: address === null ? {} : { address } },
        call.language(),
      );
      skipped.push({ source: nameOf(batch[at] as Contact), code, message });
    }
  }
  await joinGroups(connection, placeGroups(groups, ids));
  const words = call.words();
  const text = fill(words.contactsImported, { n: added, unchanged: there, skipped: skipped.length + bad });
  return {
    value: {
      contacts: added,
      ...(groups.length > 0 ? { groups: groups.length } : {}),
      unchanged: there,
      unreadable: bad,
      skipped,
    },
    text,
  };
}

/** A group that is there already gets the members of the file besides its own. */
async function joinGroups(connection: Connection, groups: readonly ContactGroup[]): Promise<void> {
  if (groups.length === 0) return;
  const own = await listOwnItems<ContactGroup>(connection, 'groups');
  for (const group of groups) {
    const known = own.find(({ name }) => foldGroup(name) === foldGroup(group.name));
    const value =
      known === undefined ? group : { name: known.name, members: [...known.members, ...group.members] };
    await saveOwnItem(connection, 'groups', known ?? null, value);
  }
}

/** One byte in each character: cards of one file may be in several charsets. */
async function readCards(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > LARGEST_FILE) throw Object.assign(new Error('large'), { code: 'EFBIG' });
    return bytes.toString('latin1');
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw makeUsageError('unreadable-file', { file, detail });
  }
}

function cutBatches(contacts: readonly Contact[]): Contact[][] {
  const batches: Contact[][] = [];
  let bytes = 0;
  for (const contact of contacts) {
    const size = Buffer.byteLength(JSON.stringify(contact));
    const last = batches.at(-1);
    if (last === undefined || last.length >= MOST_AT_ONCE || bytes + size > MOST_BYTES) {
      batches.push([contact]);
      bytes = size;
    } else {
      last.push(contact);
      bytes += size;
    }
  }
  return batches;
}
