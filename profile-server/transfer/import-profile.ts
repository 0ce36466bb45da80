import type { ProfileFile } from '../../common/archive/profile-file.ts';
import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { accountSecrets, accountSettings, type AccountSecrets } from '../../common/shapes/account.ts';
import type { ItemValue, ProfilePart } from '../../common/shapes/profile.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { Changer } from '../account/change/change-account.ts';
import { tellAccounts } from '../account/tell-accounts.ts';
import type { ProfileContext } from '../context.ts';
import { checkItem } from '../profile/item/check-item.ts';
import { checkShape } from '../profile/item/check-shape.ts';
import { ITEM_PREFIX } from '../profile/item/item-prefix.ts';
import { findItem, listItemsOf, putItem, takeRevision, type ItemRecord } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { findPoll } from '../schedule/poll-store.ts';
import { liftSignIn } from '../schedule/sign-in-store.ts';
import { keepSecret } from '../vault/keep-secret.ts';
import { addAccountItem } from './add-account-item.ts';
import {
  canonical,
  IMPORT_ORDER,
  KnownItems,
  renameIds,
  sortMailboxes,
  type PlainItem,
} from './place-items.ts';

/** What an import did; `ids` says what items of the file are called here where that is another id. */
export interface ProfileImport {
  added: number;
  changed: number;
  there: number;
  skipped: { source: string; code: string; reason: string | null }[];
  ids: Record<string, string>;
}

/** What a refused item says of itself; anything else ends the import, and nothing of it is kept. */
const REFUSALS = new Set([
  'invalid',
  'name-taken',
  'not-found',
  'conflict',
  'forbidden',
  'quota',
  'host-not-allowed',
]);

/**
 * Puts the items of a file into the profile, all in one revision: what is there stays, except that preferences and the
 * names of Inbox, Sent and so on become those of the file. Repeated it changes nothing.
 */
export async function importProfile(
  server: ProfileContext,
  caller: Changer,
  file: ProfileFile,
  secrets: Readonly<Record<string, AccountSecrets>> = {},
): Promise<ProfileImport> {
  const done = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, caller.user);
    const importer = new Importer(server, tx, caller, revision);
    for (const part of IMPORT_ORDER) {
      const items = file.items.filter((item) => item.part === part);
      for (const item of part === 'mailboxes' ? sortMailboxes(items) : items) await importer.take(part, item);
    }
    for (const [id, own] of Object.entries(secrets)) await importer.keep(id, accountSecrets.parse(own));
    return importer.result();
  });
  tellUser(server, caller.user);
  tellAccounts(server, caller.user);
  return done;
}

class Importer {
  readonly #server: ProfileContext;
  readonly #tx: Writer;
  readonly #caller: Changer;
  readonly #revision: number;
  readonly #existing = new Map<ProfilePart, ItemRecord[]>();
  readonly #known = new Map<ProfilePart, KnownItems>();
  readonly #ids = new Map<string, string>();
  readonly #done: Omit<ProfileImport, 'ids'> = { added: 0, changed: 0, there: 0, skipped: [] };

  constructor(server: ProfileContext, tx: Writer, caller: Changer, revision: number) {
    this.#server = server;
    this.#tx = tx;
    this.#caller = caller;
    this.#revision = revision;
  }

  result(): ProfileImport {
    const others = [...this.#ids].filter(([from, to]) => from !== to);
    return { ...this.#done, ids: Object.fromEntries(others) };
  }

  async take(part: ProfilePart, item: PlainItem): Promise<void> {
    try {
      await this.#place(part, { id: item.id, value: renameIds(part, item.value, this.#ids) });
    } catch (error) {
      if (!(error instanceof MailError) || !REFUSALS.has(error.code)) throw error;
      this.#done.skipped.push({ source: `${part}/${item.id}`, code: error.code, reason: error.reason });
    }
  }

  /** Secrets of an account that has none here. */
  async keep(id: string, secrets: AccountSecrets): Promise<void> {
    const account = this.#ids.get(id) ?? id;
    const { user } = this.#caller;
    const poll = await findPoll(this.#tx, account);
    if (poll === undefined || poll.user !== user || poll.needs_sign_in === 0) return;
    const place = { user, account };
    const { pop3Password, smtpPassword } = secrets;
    if (pop3Password === undefined) return;
    await keepSecret(this.#server, this.#tx, { ...place, kind: 'pop3' }, pop3Password);
    if (smtpPassword !== undefined) {
      await keepSecret(this.#server, this.#tx, { ...place, kind: 'smtp' }, smtpPassword);
    }
    await liftSignIn(this.#tx, account, this.#server.clock.now());
  }

  async #place(part: ProfilePart, item: PlainItem): Promise<void> {
    const existing = await this.#list(part);
    const same = this.#know(part, existing).find(item);
    if (same === undefined) {
      const id = await this.#chooseId(part, item.id);
      await this.#put(part, id, await this.#check(part, id, item.value, true), existing);
      this.#ids.set(item.id, id);
      this.#done.added += 1;
      return;
    }
    this.#ids.set(item.id, same.id);
    const isRole = part === 'mailboxes' && (item.value as { role?: unknown }).role !== null;
    const taken = part === 'preferences' || isRole;
    const value = isRole ? { ...(item.value as object), id: same.id } : item.value;
    if (!taken || canonical(value) === canonical(same.value)) this.#done.there += 1;
    else {
      await this.#put(part, same.id, await this.#check(part, same.id, value, false), existing);
      this.#done.changed += 1;
    }
  }

  async #check(part: ProfilePart, id: string, value: unknown, isNew: boolean): Promise<string> {
    if (part !== 'accounts') {
      const existing = await this.#list(part);
      const accounts = await this.#list('accounts');
      return JSON.stringify(checkItem({ part, id, isNew, value: value as ItemValue }, existing, accounts));
    }
    const { oauth = null } = value as { oauth?: string | null };
    const settings = checkShape(accountSettings, value);
    return await addAccountItem(this.#server, this.#tx, { user: this.#caller.user, id, settings, oauth });
  }

  /** Its own id where nobody has it: an archive's mails name accounts and mailboxes by it. */
  async #chooseId(part: ProfilePart, id: string): Promise<string> {
    const prefix = ITEM_PREFIX[part];
    if (prefix === undefined) return id;
    const own = await findItem(this.#tx, this.#caller.user, part, id);
    const taken = own !== undefined && own.value !== null;
    const foreign = part === 'accounts' && (await findPoll(this.#tx, id)) !== undefined;
    const fits = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id);
    return fits && !taken && !foreign ? id : makeId(prefix, this.#server.random);
  }

  async #list(part: ProfilePart): Promise<ItemRecord[]> {
    const known = this.#existing.get(part) ?? (await listItemsOf(this.#tx, this.#caller.user, part));
    this.#existing.set(part, known);
    return known;
  }

  /** Parsed once: to look through all of them for each item would hold up everybody else. */
  #know(part: ProfilePart, existing: readonly ItemRecord[]): KnownItems {
    const plain = (): PlainItem[] =>
      existing.map(({ id, value }) => ({ id, value: JSON.parse(value ?? 'null') }));
    const known = this.#known.get(part) ?? new KnownItems(part, plain());
    this.#known.set(part, known);
    return known;
  }

  async #put(part: ProfilePart, id: string, value: string, existing: ItemRecord[]): Promise<void> {
    const { user, session } = this.#caller;
    const revision = this.#revision;
    await putItem(this.#tx, { user, part, id, revision, value, session, at: this.#server.clock.now() });
    const record = { part, id, revision, edited: revision, value };
    const at = existing.findIndex((one) => one.id === id);
    if (at === -1) {
      existing.push(record);
      this.#known.get(part)?.add({ id, value: JSON.parse(value) });
    } else {
      existing[at] = record;
      // It may be known by something else now.
      this.#known.delete(part);
    }
  }
}
