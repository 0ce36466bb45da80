import { MailError } from '../../common/errors.ts';
import type { Contact } from '../../common/shapes/contact.ts';
import type { Call } from '../call.ts';
import { ask, type Connection } from '../server/connection.ts';

/** A contact as the profile has it, with the revision that a change of it has to name. */
export interface StoredContact extends Contact {
  id: string;
  revision: number;
}

/** The address book by name. */
export async function listContacts({ profile }: Connection): Promise<StoredContact[]> {
  const { items } = await ask(profile.profile.read.query({ parts: ['contacts'] }));
  const contacts = items.flatMap(({ id, revision, value }) =>
    value === null ? [] : [{ ...(value as Contact), id, revision }],
  );
  return contacts.sort((a, b) => nameOf(a).localeCompare(nameOf(b)) || (a.id < b.id ? -1 : 1));
}

/** Takes an id, or an address or name that only one contact has. MailError not-found. */
export function pickContact(contacts: readonly StoredContact[], typed: string): StoredContact {
  const byId = contacts.find(({ id }) => id === typed);
  const key = typed.toLowerCase();
  const named = contacts.filter(
    ({ name, emails }) =>
      name.toLowerCase() === key || emails.some(({ address }) => address.toLowerCase() === key),
  );
  const found = byId ?? (named.length === 1 ? named[0] : undefined);
  if (found !== undefined) return found;
  throw new MailError('not-found', `no contact ${typed}`, { reason: 'contact', params: { contact: typed } });
}

/** Makes a contact, or changes one that stands at `revision`; null removes it. */
export async function saveContact(
  { profile }: Connection,
  value: Contact | null,
  known: { id: string; revision: number } | null,
): Promise<StoredContact | null> {
  const change = { part: 'contacts' as const, id: known?.id ?? null, base: known?.revision ?? null, value };
  const { item } = await ask(profile.profile.change.mutate(change));
  return item.value === null ? null : { ...(item.value as Contact), id: item.id, revision: item.revision };
}

/** What was typed put over what is there; a list that was typed replaces the one that is there. */
export function readContactOptions({ typed }: Call, before: Contact): Contact {
  const list = (name: string): string[] | null => (typed.has(name) ? typed.texts(name) : null);
  const text = (name: 'organisation' | 'title' | 'note'): string | null =>
    typed.has(name) ? typed.text(name) || null : before[name];
  return {
    ...before,
    name: typed.text('name') ?? before.name,
    emails:
      list('email')
        ?.filter(Boolean)
        .map((address) => ({ address, kind: null })) ?? before.emails,
    phones:
      list('phone')
        ?.filter(Boolean)
        .map((number) => ({ number, kind: null })) ?? before.phones,
    organisation: text('organisation'),
    title: text('title'),
    note: text('note'),
    groups: list('group')?.filter(Boolean) ?? before.groups,
  };
}

export function nameOf({ name, organisation, emails }: Contact): string {
  return name || organisation || emails[0]?.address || '';
}

/** A contact as `--json` shows it; the card as it came in is for `contact export`. */
export function viewContact({ id, name, emails, phones, organisation, title, note, groups }: StoredContact) {
  return { id, name, emails, phones, organisation, title, note, groups };
}
