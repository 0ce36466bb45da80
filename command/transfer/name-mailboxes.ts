import { makeSafePath } from '../../common/archive/safe-name.ts';
import { foldName } from '../../common/fold-name.ts';
import type { MailboxRole } from '../../common/shapes/mailbox.ts';

/**
 * What the file of each mailbox is called, by its id, each its own on every system: role mailboxes by their role, since every
 * import knows `Sent`, whatever the user calls it; then those whose names are not alike as names of files.
 */
export function nameMailboxes(
  mailboxes: readonly { id: string; path: string; role: MailboxRole | null }[],
): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const rolesFirst = mailboxes.toSorted((a, b) => Number(a.role === null) - Number(b.role === null));
  for (const { id, path, role } of rolesFirst) {
    const plain = role === null ? makeSafePath(path) : `${role.slice(0, 1).toUpperCase()}${role.slice(1)}`;
    let name = plain;
    for (let number = 2; taken.has(foldName(name)); number += 1) name = `${plain} ${number}`;
    taken.add(foldName(name));
    names.set(id, name);
  }
  return names;
}
