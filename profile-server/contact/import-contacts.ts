import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { Contact } from '../../common/shapes/contact.ts';
import type { ProfileContext } from '../context.ts';
import { demandRoom } from '../profile/item/check-item.ts';
import { listItemsOf, putItem, takeRevision } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { checkContact } from './check-contact.ts';

export interface ImportedContacts {
  added: number;
  /** Were there already, with the same name and addresses. */
  there: number;
  /** For each of those given, what it is called here; null where it was refused. */
  ids: (string | null)[];
  /** By their place in what was given. */
  refused: { at: number; code: string; reason: string | null; address: string | null }[];
}

/** Puts contacts into the address book, all in one revision; what is there already stays as it is. */
export async function importContacts(
  server: ProfileContext,
  caller: { user: string; session: string },
  given: readonly unknown[],
): Promise<ImportedContacts> {
  const done = await server.db.write(async (tx): Promise<ImportedContacts> => {
    const result: ImportedContacts = { added: 0, there: 0, ids: [], refused: [] };
    const revision = await takeRevision(tx, caller.user);
    const items = await listItemsOf(tx, caller.user, 'contacts');
    const known = new Map(items.map(({ id, value }) => [keyOf(JSON.parse(value ?? '') as Contact), id]));
    for (const [at, value] of given.entries()) {
      const contact = tryCheck(value, at, result);
      if (contact === null) {
        result.ids.push(null);
        continue;
      }
      const key = keyOf(contact);
      const there = known.get(key);
      const id = there ?? makeId('con', server.random);
      result.ids.push(id);
      if (there !== undefined) {
        result.there += 1;
        continue;
      }
      demandRoom('contacts', items.length + result.added);
      known.set(key, id);
      result.added += 1;
      await putItem(tx, {
        user: caller.user,
        part: 'contacts',
        id,
        revision,
        value: JSON.stringify(contact),
        session: caller.session,
        at: server.clock.now(),
      });
    }
    return result;
  });
  tellUser(server, caller.user);
  return done;
}

function tryCheck(value: unknown, at: number, result: ImportedContacts): Contact | null {
  try {
    return checkContact(value);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const { code, reason, params } = error;
    const address = params?.['address'];
    result.refused.push({ at, code, reason, address: typeof address === 'string' ? address : null });
    return null;
  }
}

/** Two cards with the same name and addresses are of one person; of those without addresses, with the same numbers. */
function keyOf({ name, organisation, emails, phones }: Contact): string {
  const addresses = emails.map(({ address }) => address.toLowerCase()).toSorted();
  const numbers =
    addresses.length > 0 ? [] : phones.map(({ number }) => number.replace(/[^\d+]/g, '')).toSorted();
  return JSON.stringify([(name || organisation || '').toLowerCase(), addresses, numbers]);
}
