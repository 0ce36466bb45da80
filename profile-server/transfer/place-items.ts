import { z } from 'zod';
import { foldName } from '../../common/fold-name.ts';
import { identifyMaildrop } from '../../common/maildrop.ts';
import { accountSettings, type AccountSettings } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { foldLabel } from '../../common/label-name.ts';
import type { LabelDefinition } from '../../common/shapes/label.ts';
import type { MailboxDefinition } from '../../common/shapes/mailbox.ts';
import { foldGroup } from '../../common/contact/list-groups.ts';
import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import type { ProfilePart } from '../../common/shapes/profile.ts';
import type { Template } from '../../common/shapes/template.ts';
import { checkShape } from '../profile/item/check-shape.ts';

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
  'groups',
  'templates',
  'preferences',
];

/** What an item must have so that its like can be found; all else of it is checked when it is put. */
const name = z.string();
const PLACED: Partial<Record<ProfilePart, z.ZodType>> = {
  accounts: z.object({ pop3: accountSettings.shape.pop3 }),
  mailboxes: z.object({ name, role: z.string().nullable(), parent: z.string().nullable() }),
  labels: z.object({ name }),
  groups: z.object({ name, members: z.array(z.object({ contact: z.string().nullable() })) }),
  templates: z.object({ name }),
  identities: z.object({ account: z.string().nullable(), address: z.string(), name: z.string().nullable() }),
};

/** The items that a user has of one part, by what an imported one is known by: maildrop, path, role, name or content. */
export class KnownItems {
  readonly #part: ProfilePart;
  readonly #byKey = new Map<string, PlainItem>();

  constructor(part: ProfilePart, items: readonly PlainItem[]) {
    this.#part = part;
    for (const item of items) this.add(item);
  }

  /** The first one wins. */
  add(item: PlainItem): void {
    for (const key of listKeys(this.#part, item)) {
      if (!this.#byKey.has(key)) this.#byKey.set(key, item);
    }
  }

  /** The one that it is already; undefined for a new one. MailError `invalid` for what has not the right shape. */
  find(item: PlainItem): PlainItem | undefined {
    const shape = PLACED[this.#part];
    if (shape !== undefined) checkShape(shape, item.value);
    return this.#byKey.get(listKeys(this.#part, item)[0]);
  }
}

/** What an item is known by; what is looked for goes by the first. */
function listKeys(part: ProfilePart, { id, value }: PlainItem): [string, ...string[]] {
  if (part === 'preferences') return [id];
  if (part === 'accounts') return [identifyMaildrop((value as AccountSettings).pop3)];
  if (part === 'labels') return [foldLabel((value as LabelDefinition).name)];
  if (part === 'groups') return [foldGroup((value as ContactGroup).name)];
  if (part === 'templates') return [foldName((value as Template).name)];
  if (part === 'mailboxes') {
    const { role, parent, name } = value as MailboxDefinition;
    const path = JSON.stringify([parent, foldName(name)]);
    return role === null ? [path] : [role, path];
  }
  if (part === 'identities') {
    const { account, address, name } = value as Identity;
    return [JSON.stringify([account, foldName(address), name])];
  }
  return [canonical(value)];
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
  const parentOf = ({ value }: PlainItem): string | null =>
    (value as MailboxDefinition | null)?.parent ?? null;
  const ids = new Set(items.map(({ id }) => id));
  const inside = Map.groupBy(items, parentOf);
  const sorted = items.filter((item) => !ids.has(parentOf(item) ?? ''));
  const done = new Set<string>();
  for (const { id } of sorted) {
    if (done.has(id)) continue;
    done.add(id);
    sorted.push(...(inside.get(id) ?? []));
  }
  return sorted;
}

/** The value with the ids that its mailbox, account or contacts have here. */
export function renameIds(part: ProfilePart, value: unknown, ids: ReadonlyMap<string, string>): unknown {
  // The identity of new mails is named by its id.
  if (part === 'preferences' && typeof value === 'string') return ids.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  const rename = (id: string | null): string | null => (id === null ? null : (ids.get(id) ?? id));
  if (part === 'mailboxes') {
    const mailbox = value as MailboxDefinition;
    return { ...mailbox, parent: rename(mailbox.parent) };
  }
  if (part === 'identities') {
    const identity = value as Identity;
    return { ...identity, account: rename(identity.account) };
  }
  if (part === 'groups') {
    const group = value as ContactGroup;
    // A file may say anything: its shape is looked at afterwards.
    if (!Array.isArray(group.members)) return value;
    return { ...group, members: group.members.map((one) => ({ ...one, contact: rename(one.contact) })) };
  }
  return value;
}
