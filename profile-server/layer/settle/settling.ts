import { ORGANISATION } from '../../../common/shapes/layer.ts';
import type { Policy } from '../../../common/shapes/policy.ts';
import type { ItemValue, ProfilePart } from '../../../common/shapes/profile.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { findGroup } from '../../group/group-store.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { findItem, putItem, takeRevision, touchItem } from '../../profile/profile-store.ts';
import { foldUserName } from '../../user/user-name.ts';
import { findUser } from '../../user/user-store.ts';
import { addCopy, listCopies, putCopy, removeCopy, type CopyRecord } from '../copy-store.ts';
import type { LayerValues } from '../expand-item.ts';
import { LAYER_SESSION } from '../layer-session.ts';
import type { Wish } from './choose-wishes.ts';

/** One user who is being gone through, in one transaction; his revision is taken with the first thing that changes. */
export class Settling {
  readonly server: ProfileContext;
  readonly tx: Writer;
  readonly user: string;
  readonly home: string | null;
  readonly group: string | null;
  readonly values: LayerValues;
  /** Whether clients have something new to see, and the schedule something new to do. */
  changed = false;
  polls = false;
  readonly #groupName: string | null;
  #copies: CopyRecord[];
  #revision: number | null = null;
  #policy: Policy | null = null;
  /** Items that stand at this revision already, by `PART/ID`. */
  readonly #shown = new Set<string>();

  private constructor(
    server: ProfileContext,
    tx: Writer,
    known: {
      user: string;
      home: string | null;
      group: { id: string; name: string } | null;
      values: LayerValues;
      copies: CopyRecord[];
    },
  ) {
    this.server = server;
    this.tx = tx;
    this.user = known.user;
    this.home = known.home;
    this.group = known.group?.id ?? null;
    this.#groupName = known.group?.name ?? null;
    this.values = known.values;
    this.#copies = known.copies;
  }

  /** Null when the user is gone. */
  static async open(server: ProfileContext, tx: Writer, id: string): Promise<Settling | null> {
    const user = await findUser(tx, id);
    if (user === undefined) return null;
    const group = user.group_id === null ? undefined : await findGroup(tx, user.group_id);
    return new Settling(server, tx, {
      user: id,
      home: user.home,
      group: group ?? null,
      values: {
        // As in an address: without regard to capitals.
        user: foldUserName(user.name),
        name: user.display_name ?? user.name,
        group: group?.name ?? '',
        email: user.second_address ?? '',
      },
      copies: await listCopies(tx, id),
    });
  }

  /** What holds for the user now. */
  async policy(): Promise<Policy> {
    return (this.#policy ??= await readPolicy(this.tx, this.user));
  }

  get copies(): readonly CopyRecord[] {
    return this.#copies;
  }

  findCopy(part: ProfilePart, item: string): CopyRecord | undefined {
    return this.#copies.find((copy) => copy.part === part && copy.item === item);
  }

  /** The item's value, null when it was removed, undefined when it never was. */
  async read(part: ProfilePart, id: string): Promise<ItemValue | undefined> {
    const item = await findItem(this.tx, this.user, part, id);
    return item === undefined ? undefined : (JSON.parse(item.value ?? 'null') as ItemValue);
  }

  /** Of the first account that a layer gives: in rules the user's address is that. */
  async findGivenAddress(): Promise<string | null> {
    const accounts = this.#copies.filter(({ part }) => part === 'accounts');
    const [first] = accounts.toSorted((a, b) => (a.item < b.item ? -1 : 1));
    const value = first === undefined ? null : await this.read('accounts', first.id);
    return (value as { email: string } | null | undefined)?.email ?? null;
  }

  async put(part: ProfilePart, id: string, value: unknown): Promise<void> {
    this.#shown.add(`${part}/${id}`);
    await putItem(this.tx, {
      user: this.user,
      part,
      id,
      revision: await this.revision(),
      value: value === null ? null : JSON.stringify(value),
      session: LAYER_SESSION,
      at: this.server.clock.now(),
    });
  }

  async touch(part: ProfilePart, id: string): Promise<void> {
    if (this.#shown.has(`${part}/${id}`)) return;
    await touchItem(this.tx, this.user, part, id, await this.revision());
  }

  async revision(): Promise<number> {
    this.changed = true;
    return (this.#revision ??= await takeRevision(this.tx, this.user));
  }

  /** Remembers that the item comes from a layer, and shows clients where that is news. */
  async keepCopy(
    part: ProfilePart,
    id: string,
    wish: Wish,
    values: { applied: unknown; own: unknown },
  ): Promise<void> {
    const before = this.#copies.find((copy) => copy.part === part && copy.id === id);
    const own = values.own === null || values.own === undefined ? null : JSON.stringify(values.own);
    const copy: CopyRecord = {
      user: this.user,
      part,
      id,
      place: wish.place,
      item: wish.item,
      name: wish.place === ORGANISATION ? null : this.#groupName,
      locked: wish.locked,
      applied: JSON.stringify(values.applied),
      own: before === undefined ? own : before.own,
    };
    if (JSON.stringify(copy) === JSON.stringify(before)) return;
    await (before === undefined ? addCopy(this.tx, copy) : putCopy(this.tx, copy));
    const looksNew =
      before === undefined ||
      [copy.place, copy.name, copy.locked].join('\n') !==
        [before.place, before.name, before.locked].join('\n');
    if (looksNew) await this.touch(part, id);
    this.#copies = [...this.#copies.filter((one) => one !== before), copy];
  }

  async dropCopy(copy: CopyRecord): Promise<void> {
    await removeCopy(this.tx, this.user, copy.part, copy.id);
    this.#copies = this.#copies.filter((one) => one !== copy);
  }
}
