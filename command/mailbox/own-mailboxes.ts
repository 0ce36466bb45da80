import { MailError } from '../../common/errors.ts';
import { foldName } from '../../common/fold-name.ts';
import type { Mailbox, MailboxDefinition } from '../../common/shapes/mailbox.ts';
import { makeUsageError } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';

/** A definition as the profile has it, at its revision. */
export interface OwnMailbox extends MailboxDefinition {
  revision: number;
}

export async function readOwnMailboxes({ profile }: Connection): Promise<OwnMailbox[]> {
  const { items } = await ask(profile.profile.read.query({ parts: ['mailboxes'] }));
  return items
    .filter(({ value }) => value !== null)
    .map(({ revision, value }) => ({ ...(value as MailboxDefinition), revision }));
}

/** By role, id or path. MailError `not-found`. */
export function findOwnMailbox(mailboxes: readonly OwnMailbox[], typed: string): OwnMailbox {
  const found =
    mailboxes.find(({ role, id }) => role === typed || id === typed) ??
    findByPath(mailboxes, splitPath(typed));
  if (found === undefined) throw new MailError('not-found', `no mailbox ${typed}`, { reason: 'mailbox' });
  return found;
}

/** Names from the top; usage for an empty one. */
export function splitPath(path: string): string[] {
  const names = path.split('/').map((name) => name.trim());
  if (names.some((name) => name === '')) {
    throw makeUsageError('bad-value', { option: 'PATH', value: path, allowed: 'NAME, NAME/NAME' });
  }
  return names;
}

function findByPath(mailboxes: readonly OwnMailbox[], names: readonly string[]): OwnMailbox | undefined {
  let found: OwnMailbox | undefined;
  for (const name of names) {
    const parent: string | null = found?.id ?? null;
    found = mailboxes.find((one) => one.parent === parent && foldName(one.name) === foldName(name));
    if (found === undefined) return undefined;
  }
  return found;
}

/** The mailbox at that path, made with all that leads there; null: the top. */
export async function makePath(connection: Connection, names: readonly string[]): Promise<string | null> {
  const mailboxes = await readOwnMailboxes(connection);
  let parent: string | null = null;
  for (const [index, name] of names.entries()) {
    const found = findByPath(mailboxes, names.slice(0, index + 1));
    parent = found?.id ?? (await addMailbox(connection, name, parent));
  }
  return parent;
}

/** Its id. */
export async function addMailbox(
  { profile }: Connection,
  name: string,
  parent: string | null,
): Promise<string> {
  // The id is given by the server.
  const value = { id: 'new', name, role: null, parent };
  const { item } = await ask(
    profile.profile.change.mutate({ part: 'mailboxes', id: null, base: null, value }),
  );
  return item.id;
}

/** As `mailbox list` shows it; the profile is asked, because the store hears of a change a moment later. */
export async function viewOwnMailbox(connection: Connection, id: string): Promise<Mailbox> {
  const own = await readOwnMailboxes(connection);
  const { revision: _, ...mailbox } = findOwnMailbox(own, id);
  const { mailboxes } = await ask(connection.storage.mailbox.list.query());
  const { total, unread, bytes } = mailboxes.find((one) => one.id === id) ?? {
    total: 0,
    unread: 0,
    bytes: 0,
  };
  return { ...mailbox, path: listNames(own, mailbox).join('/'), total, unread, bytes };
}

/** The user's mailboxes as rules name them. */
export async function listPaths(
  connection: Connection,
): Promise<{ id: string; path: string; role: string | null }[]> {
  const own = await readOwnMailboxes(connection);
  return own.map((one) => ({ id: one.id, path: listNames(own, one).join('/'), role: one.role }));
}

function listNames(own: readonly OwnMailbox[], mailbox: MailboxDefinition): string[] {
  const parent = own.find(({ id }) => id === mailbox.parent);
  return [...(parent === undefined ? [] : listNames(own, parent)), mailbox.name];
}
