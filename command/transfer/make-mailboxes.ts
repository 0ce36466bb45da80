import { findRole } from '../../common/archive/import-path.ts';
import { foldName } from '../../common/fold-name.ts';
import { ask, type Connection } from '../server/connection.ts';

/** Makes the user's own mailboxes that the import's folders were and that are not there yet. */
export async function makeMissingMailboxes(connection: Connection, paths: Iterable<string>): Promise<void> {
  const { mailboxes } = await ask(connection.storage.mailbox.list.query());
  const known = new Map(mailboxes.map(({ path, id }) => [foldName(path), id]));
  for (const path of new Set(paths)) {
    if (findRole(path) !== null) continue;
    let parent: string | null = null;
    const above: string[] = [];
    for (const name of path.split('/')) {
      above.push(name);
      const here = foldName(above.join('/'));
      const id: string = known.get(here) ?? (await makeMailbox(connection, name.slice(0, 200), parent));
      known.set(here, id);
      parent = id;
    }
  }
}

async function makeMailbox(connection: Connection, name: string, parent: string | null): Promise<string> {
  const value = { id: 'new', name, role: null, parent };
  const change = { part: 'mailboxes', id: null, base: null, value } as const;
  return (await ask(connection.profile.profile.change.mutate(change))).item.id;
}
