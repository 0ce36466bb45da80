import { htmlToText } from '../../common/compose/html-to-text.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { findAccountId } from '../account/find-account.ts';
import type { Call } from '../call.ts';
import { ask, type Connection } from '../server/connection.ts';
import { pickItem, type OwnItem } from '../profile-item/own-items.ts';
import { readTextFile } from '../profile-item/read-text.ts';

/** Takes an id or an address. MailError `not-found`. */
export function pickIdentity(identities: readonly OwnItem<Identity>[], typed: string): OwnItem<Identity> {
  return pickItem(identities, typed, { name: ({ address }) => address, reason: 'identity' });
}

/** What was typed put over what is there; an empty text takes a field away. */
export async function readIdentityOptions(
  { typed }: Call,
  connection: Connection,
  before: Omit<Identity, 'id'>,
): Promise<Omit<Identity, 'id'>> {
  const account = typed.text('account');
  const line = (name: 'name' | 'reply-to', was: string | null): string | null =>
    typed.has(name) ? typed.text(name)?.trim() || null : was;
  return {
    account: account === undefined ? before.account : await findAccountId(connection, account),
    address: typed.text('address') ?? before.address,
    name: line('name', before.name),
    replyTo: line('reply-to', before.replyTo),
    signature: await readSignature(typed, before.signature),
  };
}

async function readSignature(
  typed: Call['typed'],
  before: Identity['signature'],
): Promise<Identity['signature']> {
  const [textFile, htmlFile] = [typed.text('signature'), typed.text('signature-html')];
  if (textFile === undefined && htmlFile === undefined) return before;
  const html = htmlFile === undefined || htmlFile === '' ? null : await readTextFile(htmlFile);
  const text =
    textFile === undefined || textFile === '' ? htmlToText(html ?? '') : await readTextFile(textFile);
  return text.trim() === '' ? null : { text, html };
}

/** New mails begin with it from now on. */
export async function makeDefault({ profile }: Connection, identity: string): Promise<void> {
  const { items } = await ask(profile.profile.read.query({ parts: ['preferences'] }));
  const base = items.find(({ id }) => id === 'identity')?.revision ?? null;
  await ask(profile.profile.change.mutate({ part: 'preferences', id: 'identity', base, value: identity }));
}

export function viewIdentity({ id, account, address, name, replyTo, signature }: Identity) {
  return { id, account, address, name, replyTo, signature };
}
