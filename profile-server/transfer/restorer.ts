import { MailError } from '../../common/errors.ts';
import type { ItemValue, ProfilePart } from '../../common/shapes/profile.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { readStored, writeStored } from '../account/account-store.ts';
import type { Changer } from '../account/change/change-account.ts';
import { deletesMore } from '../account/rule/retention-rule.ts';
import { planPolls } from '../account/change/plan-polls.ts';
import type { ProfileContext } from '../context.ts';
import { readOrigins } from '../layer/demand-unlocked.ts';
import { isWithdrawn } from '../layer/given-store.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { checkItem } from '../profile/item/check-item.ts';
import { listItemsOf, putItem, type ItemRecord } from '../profile/profile-store.ts';
import { applySettings } from '../schedule/apply-settings.ts';
import { removeLeasesOfAccount } from '../schedule/lease-store.ts';
import { findPoll, resetPoll } from '../schedule/poll-store.ts';
import { addAccountItem } from './add-account-item.ts';
import { describeChange, type FieldChange } from './describe-change.ts';
import { nameItem } from './name-item.ts';
import { canonical } from './place-items.ts';

/** What a restore does to one item; `stays`: it is younger and could take mail with it, or it is refused as it was. */
export interface RestoredItem {
  part: ProfilePart;
  id: string;
  name: string;
  change: 'added' | 'changed' | 'removed' | 'stays';
  /** Of a changed one. */
  fields: FieldChange[];
}

/** Mail belongs to them: what came after that time keeps its place. */
const KEPT: readonly ProfilePart[] = ['mailboxes', 'accounts'];

/** Puts items back as they stood, within one transaction and revision; `items` says what it did. */
export class Restorer {
  readonly items: RestoredItem[] = [];
  readonly #server: ProfileContext;
  readonly #tx: Writer;
  readonly #caller: Changer;
  readonly #revision: number;

  constructor(server: ProfileContext, tx: Writer, caller: Changer, revision: number) {
    this.#server = server;
    this.#tx = tx;
    this.#caller = caller;
    this.#revision = revision;
  }

  async removeYounger(part: ProfilePart, values: ReadonlyMap<string, string | null>): Promise<void> {
    if (part === 'preferences') return;
    const origins = await readOrigins(this.#tx, this.#caller.user);
    for (const { id, value } of await listItemsOf(this.#tx, this.#caller.user, part)) {
      if (origins.has(`${part}/${id}`) || (values.get(`${part}/${id}`) ?? null) !== null) continue;
      if (KEPT.includes(part)) this.#note(part, id, value, 'stays');
      else await this.remove(part, id, value);
    }
  }

  async remove(part: ProfilePart, id: string, value: string | null): Promise<void> {
    await this.#put(part, id, null);
    this.#note(part, id, value, 'removed');
  }

  async putBack(part: ProfilePart, items: readonly { id: string; value: string | null }[]): Promise<void> {
    let left = items;
    // A mailbox may wait for the one that it lies in, and a name for the item that has it now.
    for (let progress = true; progress && left.length > 0;) {
      const refused: typeof items = await this.#putSome(part, left);
      progress = refused.length < left.length;
      left = refused;
    }
    for (const { id, value } of left) this.#note(part, id, value, 'stays');
  }

  async #putSome(
    part: ProfilePart,
    items: readonly { id: string; value: string | null }[],
  ): Promise<{ id: string; value: string | null }[]> {
    const refused: { id: string; value: string | null }[] = [];
    for (const item of items) {
      try {
        await this.putOne(part, item.id, item.value ?? 'null');
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        refused.push(item);
      }
    }
    return refused;
  }

  /** One item, also one that is gone; MailError where it cannot stand as it did. */
  async putOne(part: ProfilePart, id: string, value: string): Promise<void> {
    const siblings = await listItemsOf(this.#tx, this.#caller.user, part);
    const now = siblings.find((one) => one.id === id);
    if (now !== undefined && canonical(JSON.parse(now.value ?? 'null')) === canonical(JSON.parse(value)))
      return;
    if (now === undefined && (await isWithdrawn(this.#tx, this.#caller.user, part, id))) {
      throw new MailError('forbidden', 'a layer gave it and took it away', { reason: 'layer-gone' });
    }
    const next =
      part === 'accounts'
        ? await this.#restoreAccount(id, value, now)
        : await this.#check(part, id, value, now, siblings);
    if (next === now?.value) return;
    await this.#put(part, id, next);
    this.#note(part, id, next, now === undefined ? 'added' : 'changed', now?.value ?? null);
  }

  async #check(
    part: ProfilePart,
    id: string,
    value: string,
    now: ItemRecord | undefined,
    siblings: readonly ItemRecord[],
  ): Promise<string> {
    const accounts = part === 'identities' ? await listItemsOf(this.#tx, this.#caller.user, 'accounts') : [];
    const change = { part, id, isNew: now === undefined, value: JSON.parse(value) as ItemValue };
    return JSON.stringify(checkItem(change, siblings, accounts));
  }

  async #restoreAccount(id: string, value: string, now: ItemRecord | undefined): Promise<string> {
    const { settings, oauth } = readStored(value);
    const { user } = this.#caller;
    if (now === undefined) return await addAccountItem(this.#server, this.#tx, { user, id, settings, oauth });
    const current = readStored(now.value ?? 'null');
    // What deletes more needs its number confirmed, and how it signs in belongs to its secrets: both stay as they are.
    const keep = deletesMore(current.settings.keep, settings.keep) ? current.settings.keep : settings.keep;
    const { pop3, send, signedInOnly } = current.settings;
    const restored = { ...settings, keep, pop3, send, signedInOnly };
    await removeLeasesOfAccount(this.#tx, id);
    const poll = await findPoll(this.#tx, id);
    if (poll !== undefined && poll.needs_sign_in === 0) {
      await resetPoll(
        this.#tx,
        id,
        applySettings(
          poll,
          planPolls(restored, await readPolicy(this.#tx, this.#caller.user)),
          this.#server.clock.now(),
        ),
      );
    }
    return writeStored({ settings: restored, oauth: current.oauth });
  }

  async #put(part: ProfilePart, id: string, value: string | null): Promise<void> {
    const { user, session } = this.#caller;
    const at = this.#server.clock.now();
    await putItem(this.#tx, { user, part, id, revision: this.#revision, value, session, at });
  }

  #note(
    part: ProfilePart,
    id: string,
    value: string | null,
    change: RestoredItem['change'],
    before: string | null = null,
  ): void {
    const fields = change === 'changed' ? describeChange(before, value) : [];
    this.items.push({ part, id, name: nameItem(part, id, value), change, fields });
  }
}
