import { MailError } from '../../common/errors.ts';
import type { ProfilePart } from '../../common/shapes/profile.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { readNumber, takeNumber } from '../counter-store.ts';
import { demandUnlocked } from '../layer/demand-unlocked.ts';
import { LAYER_SESSION } from '../layer/layer-session.ts';

export interface ItemRecord {
  part: ProfilePart;
  id: string;
  /** At which it last showed something new. */
  revision: number;
  /** At which its value was last changed by the user: what a base is compared with. */
  edited: number;
  /** JSON; null when removed. */
  value: string | null;
}

const COLUMNS = 'part, id, revision, edited, value';

/** First statement of every change to a profile: takes the user's next revision and locks the row. MailError `not-found`. */
export async function takeRevision(tx: Writer, user: string): Promise<number> {
  const { changes } = await tx.run('UPDATE user SET revision = revision + 1 WHERE id = ?', [user]);
  if (changes !== 1) throw new MailError('not-found', `no user ${user}`);
  await tx.run('UPDATE user SET changed_seq = ? WHERE id = ?', [await takeNumber(tx, 'change'), user]);
  return await readRevision(tx, user);
}

export async function readRevision(reader: Reader, user: string): Promise<number> {
  const row = await reader.get<{ revision: number }>('SELECT revision FROM user WHERE id = ?', [user]);
  if (row === undefined) throw new MailError('not-found', `no user ${user}`);
  return row.revision;
}

export async function findItem(
  reader: Reader,
  user: string,
  part: ProfilePart,
  id: string,
): Promise<ItemRecord | undefined> {
  return await reader.get<ItemRecord>(
    `SELECT ${COLUMNS} FROM profile_item WHERE user = ? AND part = ? AND id = ?`,
    [user, part, id],
  );
}

/**
 * Those changed after `since`, removed ones too; with `since` null all that exist. Of `parts` only where they are named: an
 * address book may be larger than all else.
 */
export async function listItems(
  reader: Reader,
  user: string,
  since: number | null,
  parts: readonly ProfilePart[] | null = null,
): Promise<ItemRecord[]> {
  const which = since === null ? 'value IS NOT NULL' : 'revision > ?';
  const of = parts === null ? '' : `AND part IN (${parts.map(() => '?').join(', ') || 'NULL'})`;
  return await reader.all<ItemRecord>(
    `SELECT ${COLUMNS} FROM profile_item WHERE user = ? AND ${which} ${of} ORDER BY revision, part, id`,
    [user, ...(since === null ? [] : [since]), ...(parts ?? [])],
  );
}

export async function listItemsOf(reader: Reader, user: string, part: ProfilePart): Promise<ItemRecord[]> {
  return await reader.all<ItemRecord>(
    `SELECT ${COLUMNS} FROM profile_item WHERE user = ? AND part = ? AND value IS NOT NULL ORDER BY id`,
    [user, part],
  );
}

/** Of every user, with `id` only those of that id. */
export async function listItemsOfAll(
  reader: Reader,
  part: ProfilePart,
  id: string | null,
): Promise<{ user: string; id: string; value: string }[]> {
  const which = id === null ? '' : 'AND id = ?';
  return await reader.all(
    `SELECT user, id, value FROM profile_item WHERE part = ? ${which} AND value IS NOT NULL ORDER BY id, user`,
    id === null ? [part] : [part, id],
  );
}

/** Revisions at which items of any users were edited last, by id; ids are everybody's own. */
export async function readEdited(
  reader: Reader,
  part: ProfilePart,
  ids: readonly { user: string; id: string }[],
): Promise<Map<string, number>> {
  const which = ids.map(() => '(user = ? AND part = ? AND id = ?)').join(' OR ');
  const rows = await reader.all<{ id: string; edited: number }>(
    `SELECT id, edited FROM profile_item WHERE ${which}`,
    ids.flatMap(({ user, id }) => [user, part, id]),
  );
  return new Map(rows.map(({ id, edited }) => [id, edited]));
}

export async function countItemsOf(reader: Reader, user: string, part: ProfilePart): Promise<number> {
  const row = await reader.get<{ count: number }>(
    'SELECT COUNT(*) AS count FROM profile_item WHERE user = ? AND part = ? AND value IS NOT NULL',
    [user, part],
  );
  return row?.count ?? 0;
}

export interface ItemChange {
  user: string;
  part: ProfilePart;
  id: string;
  revision: number;
  /** The new value as JSON; null removes. */
  value: string | null;
  /** Who did it. */
  session: string;
  at: number;
}

/** Writes the value and its line of history. MailError `forbidden`, reason `locked`, for what a layer has locked. */
export async function putItem(tx: Writer, change: ItemChange): Promise<void> {
  const { user, part, id, revision, value } = change;
  const before = await findItem(tx, user, part, id);
  if (change.session !== LAYER_SESSION && before !== undefined && before.value !== value) {
    await demandUnlocked(tx, { user, part, id, before: before.value, value });
  }
  await (before === undefined
    ? tx.run(`INSERT INTO profile_item (user, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`, [
        user,
        part,
        id,
        revision,
        revision,
        value,
      ])
    : tx.run(
        'UPDATE profile_item SET revision = ?, edited = ?, value = ? WHERE user = ? AND part = ? AND id = ?',
        [revision, revision, value, user, part, id],
      ));
  await tx.run(
    `INSERT INTO profile_history (user, revision, part, id, value_before, value_after, session, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [user, revision, part, id, before?.value ?? null, value, change.session, change.at],
  );
}

/** Items of a profile in which there is none yet, of one revision, in two statements: users come by the thousand. */
export async function putFirstItems(tx: Writer, changes: readonly ItemChange[]): Promise<void> {
  const places = (count: number): string => changes.map(() => `(${'?, '.repeat(count - 1)}?)`).join(', ');
  await tx.run(
    `INSERT INTO profile_item (user, ${COLUMNS}) VALUES ${places(6)}`,
    changes.flatMap(({ user, part, id, revision, value }) => [user, part, id, revision, revision, value]),
  );
  await tx.run(
    `INSERT INTO profile_history (user, revision, part, id, value_before, value_after, session, at)
      VALUES ${places(8)}`,
    changes.flatMap(({ user, revision, part, id, value, session, at }) => [
      user,
      revision,
      part,
      id,
      null,
      value,
      session,
      at,
    ]),
  );
}

/** The item shows something new that nobody edited, such as an account's state: clients hear of it, no base goes stale. */
export async function touchItem(
  tx: Writer,
  user: string,
  part: ProfilePart,
  id: string,
  revision: number,
): Promise<void> {
  await tx.run('UPDATE profile_item SET revision = ? WHERE user = ? AND part = ? AND id = ?', [
    revision,
    user,
    part,
    id,
  ]);
}

const MAX_CHANGED = 1000;

/** Users at `home` whose profile changed after `since`, in the order of commits. */
export async function listChangedUsers(
  reader: Reader,
  home: string,
  since: number,
): Promise<{ seq: number; users: { id: string; revision: number }[] }> {
  const newest = await readNumber(reader, 'change');
  const rows = await reader.all<{ id: string; revision: number; changed_seq: number }>(
    `SELECT id, revision, changed_seq FROM user WHERE home = ? AND changed_seq > ?
      ORDER BY changed_seq LIMIT ${MAX_CHANGED}`,
    [home, since > newest ? 0 : since],
  );
  const last = rows.at(-1)?.changed_seq ?? newest;
  return {
    seq: rows.length === MAX_CHANGED ? last : Math.max(newest, last),
    users: rows.map(({ id, revision }) => ({ id, revision })),
  };
}
