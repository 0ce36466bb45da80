import type { HistoryActor } from '../../common/history-actor.ts';
import { EMPTY_CONTACT } from '../../common/contact/empty-contact.ts';
import { isMailAddress } from '../../common/compose/check-address.ts';
import { foldAddress } from '../../common/compose/recipients.ts';
import { makeId } from '../../common/ids.ts';
import type { Address } from '../../common/shapes/address.ts';
import type { Contact } from '../../common/shapes/contact.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { MOST_CONTACTS } from '../profile/item/check-item.ts';
import { countItemsOf, findItem, listItemsOf, putItem, takeRevision } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { checkContact } from './check-contact.ts';
import { findContactsWith } from './contact-store.ts';

const COLLECTOR: HistoryActor = 'collected';

/**
 * Puts those whom the user wrote to into his address book, marked as collected, unless he has them there, they are himself,
 * or he does not want it. Answers how many came. A full address book takes none, and nobody is told.
 */
export async function collectContacts(
  server: ProfileContext,
  user: string,
  people: readonly Address[],
): Promise<{ added: number }> {
  if (!(await isWanted(server.db.read, user))) return { added: 0 };
  const found = await listUnknown(server.db.read, user, people);
  if (found.length === 0) return { added: 0 };
  const added = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, user);
    // Two mails to the same person may leave at once.
    const unknown = await listUnknown(tx, user, found);
    const room = MOST_CONTACTS - (await countItemsOf(tx, user, 'contacts'));
    const taken = unknown.slice(0, Math.max(room, 0));
    for (const person of taken) {
      await putItem(tx, {
        user,
        part: 'contacts',
        id: makeId('con', server.random),
        revision,
        value: JSON.stringify(checkContact(makeCollected(person))),
        session: COLLECTOR,
        at: server.clock.now(),
      });
    }
    return taken.length;
  });
  if (added > 0) tellUser(server, user);
  return { added };
}

async function isWanted(reader: Reader, user: string): Promise<boolean> {
  const item = await findItem(reader, user, 'preferences', 'collect');
  return item === undefined || item.value !== 'false';
}

async function listUnknown(reader: Reader, user: string, people: readonly Address[]): Promise<Address[]> {
  const identities = await listItemsOf(reader, user, 'identities');
  const own = identities.map(({ value }) => foldAddress((JSON.parse(value ?? 'null') as Identity).address));
  const seen = new Set(own);
  const unknown: Address[] = [];
  for (const person of people) {
    const key = foldAddress(person.address);
    if (seen.has(key) || !isMailAddress(person.address)) continue;
    seen.add(key);
    const cards = await findContactsWith(reader, user, person.address);
    const there = cards.some((card) =>
      (JSON.parse(card) as Contact).emails.some(({ address }) => foldAddress(address) === key),
    );
    if (!there) unknown.push(person);
  }
  return unknown;
}

function makeCollected({ name, address }: Address): Contact {
  const emails = [{ address, kind: null }];
  return { ...EMPTY_CONTACT, name: (name ?? '').trim().slice(0, 500), emails, collected: true };
}
