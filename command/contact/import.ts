import { readFile } from 'node:fs/promises';
import { describeError } from '../../common/error-texts/describe.ts';
import type { Contact } from '../../common/shapes/contact.ts';
import { parseCards } from '../../common/vcard/parse-cards.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { nameOf } from './find-contact.ts';

/** Of one call: the server takes 1 MiB. */
const MOST_AT_ONCE = 200;
const MOST_BYTES = 700_000;
const LARGEST_FILE = 50_000_000;

/** `contact import FILE`: vCards of any version. Who is there already, by name and addresses, is left as he is. */
export async function run(call: Call): Promise<Outcome> {
  const [file = ''] = call.typed.words;
  const { contacts, bad } = parseCards(await readCards(file));
  if (contacts.length === 0 && bad === 0) throw makeUsageError('no-cards', { file });
  const { profile } = await call.connect();
  const skipped: { source: string; code: string; message: string }[] = [];
  let added = 0;
  let there = 0;
  for (const batch of cutBatches(contacts)) {
    const done = await ask(profile.contact.import.mutate({ contacts: batch }));
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
  const words = call.words();
  const text = fill(words.contactsImported, { n: added, unchanged: there, skipped: skipped.length + bad });
  return { value: { contacts: added, unchanged: there, unreadable: bad, skipped }, text };
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
