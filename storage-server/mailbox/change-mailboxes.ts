import { MailError } from '../../common/errors.ts';
import type { BulkChange } from '../../common/shapes/selection.ts';
import type { Home, KnownMailbox } from '../home/home.ts';
import type { Selections } from '../mail/selection/selections.ts';

interface Core {
  home: Home;
  selections: Selections;
}

/** What emptying a mailbox for its removal did; its definition and those inside it are dropped in the order of `mailboxes`. */
export interface EmptiedMailbox extends BulkChange {
  mailboxes: string[];
}

/**
 * The store's half of removing a mailbox: its mails go to Trash, as one operation that can be undone as long
 * as the definition is there. MailError `forbidden` for one with a role, and for one with others inside unless those are
 * to go too.
 */
export async function removeMailbox(
  core: Core,
  user: string,
  mailbox: { id: string; withChildren: boolean },
): Promise<EmptiedMailbox> {
  const found = await core.home.findMailbox(user, mailbox.id);
  const { mailboxes } = await core.home.readProfile(user);
  const inside = listInside(found, mailboxes);
  if ([found, ...inside].some(({ role }) => role !== null)) {
    throw new MailError('forbidden', 'this mailbox belongs to every user', { reason: 'role-mailbox' });
  }
  if (inside.length > 0 && !mailbox.withChildren) {
    throw new MailError('forbidden', 'the mailbox has others inside', { reason: 'mailbox-not-empty' });
  }
  const trash = await core.home.findMailbox(user, 'trash');
  const gone = [...inside, found].map(({ id }) => id);
  const change = await core.selections.empty(user, gone, trash.id);
  return { ...change, mailboxes: gone };
}

/** Everything below a mailbox, the deepest first. */
export function listInside(
  mailbox: Pick<KnownMailbox, 'id'>,
  all: readonly KnownMailbox[],
  seen: ReadonlySet<string> = new Set(),
): KnownMailbox[] {
  const known = new Set([...seen, mailbox.id]);
  return all
    .filter(({ id, parent }) => parent === mailbox.id && !known.has(id))
    .flatMap((one) => [...listInside(one, all, known), one]);
}

/** Removes for ever what lies in Trash or Junk; `mailbox` is a role, id or path. */
export async function emptyMailbox(core: Core, user: string, mailbox: string): Promise<BulkChange> {
  const { id, role } = await core.home.findMailbox(user, mailbox);
  if (role !== 'trash' && role !== 'junk') {
    throw new MailError('forbidden', 'only Trash and Junk are emptied', { reason: 'remove-from-trash' });
  }
  return await core.selections.remove(user, { where: { mailbox: id }, except: [], upTo: null });
}
