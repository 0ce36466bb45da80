import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { makeGroup } from '../../group/change-group.ts';
import { findGroupByName, listAllGroupAdmins, listGroups } from '../../group/group-store.ts';
import { findReach } from '../../group/reach.ts';
import { chooseHome } from '../../part/choose-part.ts';
import { easesReset } from '../change/change-user.ts';
import { inviteUser, prepareUser } from '../change/prepare-user.ts';
import { findUser, lockUser, type UserRecord } from '../user-store.ts';
import { changeByFile } from './change-by-file.ts';
import {
  judgeUser,
  mayStillChange,
  type ImportPlan,
  type PlannedChange,
  type PlannedUser,
} from './plan-import.ts';
import { problem, type ImportProblem } from './read-user-file.ts';

/** So many users in one transaction: others write between them. */
const BATCH = 40;

export interface RunOutcome {
  codes: { name: string; code: string }[];
  /** Names that somebody took since the plan was made. */
  problems: ImportProblem[];
}

/** Does what the plan says, in batches that each are whole or not at all. */
export async function runPlan(
  server: ProfileContext,
  caller: UserCaller,
  plan: ImportPlan,
  newCodes: boolean,
): Promise<RunOutcome> {
  const { db, clock } = server;
  const outcome: RunOutcome = { codes: [], problems: [] };
  const groups = await db.write(async (tx) => await demandGroups(server, tx, caller, plan));
  const inBatches = async <T>(
    list: readonly T[],
    begin: (tx: Writer) => Promise<(one: T) => Promise<RunOutcome | null>>,
  ) => {
    for (let from = 0; from < list.length; from += BATCH) {
      const batch = list.slice(from, from + BATCH);
      // The transaction may be repeated: what it gives out counts only once it is committed.
      const done = await db.write(async (tx) => {
        const outcomes: (RunOutcome | null)[] = [];
        const work = await begin(tx);
        for (const one of batch) outcomes.push(await work(one));
        return outcomes;
      });
      for (const one of done) {
        outcome.codes.push(...(one?.codes ?? []));
        outcome.problems.push(...(one?.problems ?? []));
      }
      await yieldToOthers();
    }
  };
  await inBatches(plan.added, async (tx) => {
    // Anew for each batch: thousands are spread over the homes as those are who come one by one.
    const home = await chooseHome(server, tx, clock.now());
    return async (one) => await addOne(server, tx, one, { caller, home, groups });
  });
  await inBatches(
    plan.changed,
    async (tx) => async (one) => await changeOne(server, tx, caller, one, groups),
  );
  const again = newCodes ? plan.same.filter((user) => user.invited === 1 && user.disabled === 0) : [];
  await inBatches(again, async (tx) => async (user) => await inviteOne(server, tx, user, caller));
  return outcome;
}

/** Ids of all groups by name key, those that the file names made where they were missing. */
async function demandGroups(
  server: ProfileContext,
  tx: Writer,
  caller: UserCaller,
  plan: ImportPlan,
): Promise<Map<string, string>> {
  const ids = new Map((await listGroups(tx)).map(({ name_key, id }) => [name_key, id]));
  for (const { key, name } of plan.newGroups) {
    if (!ids.has(key)) ids.set(key, await demandGroup(server, tx, caller, { key, name }));
  }
  return ids;
}

async function demandGroup(
  server: ProfileContext,
  tx: Writer,
  caller: UserCaller,
  { key, name }: { key: string; name: string },
): Promise<string> {
  try {
    return (await makeGroup(server, tx, caller.user, name)).id;
  } catch (error) {
    // Another run made it a moment ago.
    const there = await findGroupByName(tx, key);
    if (there === undefined) throw error;
    return there.id;
  }
}

async function addOne(
  server: ProfileContext,
  tx: Writer,
  { line, group }: PlannedUser,
  by: { caller: UserCaller; home: string | null; groups: ReadonlyMap<string, string> },
): Promise<RunOutcome> {
  const { name } = line.name;
  try {
    const { code } = await prepareUser(
      server,
      tx,
      {
        name: line.name,
        displayName: line.displayName ?? null,
        group: group === null ? null : (by.groups.get(group.key) ?? null),
        email: line.email ?? null,
        language: line.language ?? 'en',
        password: line.password,
      },
      { admin: by.caller.user, home: by.home, how: 'import' },
    );
    return { codes: code === null ? [] : [{ name, code }], problems: [] };
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'name-taken') throw error;
    return { codes: [], problems: [problem(line.line, 'csv-taken', { name })] };
  }
}

/** As he is now: since the plan he may have come in, proven his address, or gone where the caller has no say. */
async function changeOne(
  server: ProfileContext,
  tx: Writer,
  caller: UserCaller,
  planned: PlannedChange,
  groups: ReadonlyMap<string, string>,
): Promise<RunOutcome | null> {
  await lockUser(tx, planned.user.id);
  const user = await findUser(tx, planned.user.id);
  const reach = await findReach(tx, caller);
  const known = { reach, groupAdmins: new Set(reach.all ? [] : await listAllGroupAdmins(tx)) };
  const { line, name, group } = planned.line;
  const refuse = (reason: string): RunOutcome => {
    const params = { name: name.name, group: group?.name ?? '' };
    return { codes: [], problems: [problem(line, reason, params)] };
  };
  if (user === undefined) return refuse('csv-removed');
  const refused = judgeUser(user, known);
  if (refused !== null) return refuse(refused);
  const fields = planned.fields.filter(({ field }) => mayStillChange(user, field));
  const next = group === null || group === undefined ? null : (groups.get(group.key) ?? null);
  const moves = !reach.all && fields.some(({ field }) => field === 'group');
  if (moves && (await easesReset(tx, user.id, next))) return refuse('csv-stricter-group');
  await changeByFile(server, tx, caller, { ...planned, user, fields }, groups);
  return null;
}

async function inviteOne(
  server: ProfileContext,
  tx: Writer,
  user: UserRecord,
  caller: UserCaller,
): Promise<RunOutcome | null> {
  await lockUser(tx, user.id);
  // Who has come meanwhile needs no code.
  if ((await findUser(tx, user.id))?.invited !== 1) return null;
  const code = await inviteUser(server, tx, user, caller.user);
  const at = server.clock.now();
  await appendAudit(tx, { at, actor: caller.user, action: 'user.invite', subject: user.id, detail: {} });
  return { codes: [{ name: user.name, code }], problems: [] };
}
