import { identifyMaildrop } from '../../common/maildrop.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { foldLabel } from '../../common/label-name.ts';
import type { LabelDefinition } from '../../common/shapes/label.ts';
import type { MailboxDefinition } from '../../common/shapes/mailbox.ts';
import type { ProfilePart } from '../../common/shapes/profile.ts';

/** An item of a file or of a profile, its value parsed. */
export interface PlainItem {
  id: string;
  value: unknown;
}

/** In the order in which they need each other. */
export const IMPORT_ORDER: readonly ProfilePart[] = [
  'mailboxes',
  'labels',
  'accounts',
  'identities',
  'rules',
  'contacts',
  'preferences',
];

/** The user's item that an imported one is already: the same maildrop, path, role, name or content; undefined for a new one. */
export function findSameItem(
  part: ProfilePart,
  item: PlainItem,
  existing: readonly PlainItem[],
): PlainItem | undefined {
  const isSame = compare(part, item);
  return existing.find((other) => isSame(other));
}

function compare(part: ProfilePart, item: PlainItem): (other: PlainItem) => boolean {
  if (part === 'preferences') return (other) => other.id === item.id;
  if (part === 'accounts') {
    const { pop3 } = item.value as AccountSettings;
    const name = identifyMaildrop(pop3);
    return (other) => identifyMaildrop((other.value as AccountSettings).pop3) === name;
  }
  if (part === 'mailboxes') {
    const { role, parent, name } = item.value as MailboxDefinition;
    return ({ value }) => {
      const other = value as MailboxDefinition;
      if (role !== null) return other.role === role;
      return other.parent === parent && fold(other.name) === fold(name);
    };
  }
  if (part === 'labels') {
    const key = foldLabel((item.value as LabelDefinition).name);
    return ({ value }) => foldLabel((value as LabelDefinition).name) === key;
  }
  if (part === 'identities') {
    const own = item.value as Identity;
    return ({ value }) => {
      const other = value as Identity;
      return (
        other.account === own.account && fold(other.address) === fold(own.address) && other.name === own.name
      );
    };
  }
  const text = canonical(item.value);
  return ({ value }) => canonical(value) === text;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** JSON whose keys stand in one order; a contact's or rule's own id in it does not count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'id') return undefined;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** A mailbox comes behind the one that it lies in; a circle is left out. */
export function sortMailboxes(items: readonly PlainItem[]): PlainItem[] {
  const sorted: PlainItem[] = [];
  const done = new Set<string | null>([null]);
  let left = [...items];
  for (;;) {
    const ready = left.filter(({ value }) => {
      const { parent } = value as MailboxDefinition;
      return done.has(parent) || !items.some(({ id }) => id === parent);
    });
    if (ready.length === 0) return sorted;
    for (const one of ready) {
      sorted.push(one);
      done.add(one.id);
    }
    left = left.filter((one) => !ready.includes(one));
  }
}

/** The value with the ids that its mailbox or account has here. */
export function renameIds(part: ProfilePart, value: unknown, ids: ReadonlyMap<string, string>): unknown {
  const rename = (id: string | null): string | null => (id === null ? null : (ids.get(id) ?? id));
  if (part === 'mailboxes') {
    const mailbox = value as MailboxDefinition;
    return { ...mailbox, parent: rename(mailbox.parent) };
  }
  if (part === 'identities') {
    const identity = value as Identity;
    return { ...identity, account: rename(identity.account) };
  }
  return value;
}
