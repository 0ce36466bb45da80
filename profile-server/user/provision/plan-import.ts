import { isWithin, type Reach } from '../../group/reach.ts';
import { stateOf } from '../list-users.ts';
import type { UserRecord } from '../user-store.ts';
import { problem, type ImportProblem, type UserLine } from './read-user-file.ts';

export interface KnownGroup {
  id: string;
  name: string;
  name_key: string;
}

/** Someone to be added; `group` names one that may have to be made first. */
export interface PlannedUser {
  line: UserLine;
  group: { key: string; name: string } | null;
}

/** What the file says differently of a user who is there. Before and after as people read them. */
export interface PlannedChange {
  line: UserLine;
  user: UserRecord;
  fields: {
    field: 'display_name' | 'group' | 'email' | 'initial_password';
    before: string | null;
    after: string | null;
  }[];
}

export interface ImportPlan {
  added: PlannedUser[];
  changed: PlannedChange[];
  same: UserRecord[];
  /** Groups that the file names and nobody has made yet. */
  newGroups: { key: string; name: string }[];
  problems: ImportProblem[];
}

export interface Known {
  /** By name key. */
  users: ReadonlyMap<string, UserRecord>;
  /** By name key. */
  groups: ReadonlyMap<string, KnownGroup>;
  /** Ids of users who look after a group. */
  groupAdmins: ReadonlySet<string>;
  reach: Reach;
}

/** The difference between the file and what is there: nothing is done yet, and doing it again finds nothing to do. */
export function planImport(lines: readonly UserLine[], known: Known): ImportPlan {
  const plan: ImportPlan = { added: [], changed: [], same: [], newGroups: [], problems: [] };
  for (const line of lines) {
    const refused = judgeGroup(line, known);
    if (refused !== null) {
      plan.problems.push(
        problem(line.line, refused, { group: line.group?.name ?? '', name: line.name.name }),
      );
      continue;
    }
    const wanted = line.group ?? null;
    if (wanted !== null && !known.groups.has(wanted.key)) {
      if (!plan.newGroups.some(({ key }) => key === wanted.key)) plan.newGroups.push(wanted);
    }
    const user = known.users.get(line.name.key);
    if (user !== undefined) compare(line, user, known, plan);
    else if (line.group === undefined && needsGroup(known.reach)) {
      plan.problems.push(problem(line.line, 'csv-own-groups', { group: '', name: line.name.name }));
    } else plan.added.push({ line, group: wanted ?? onlyGroup(known) });
  }
  return plan;
}

/** Why the line's group cannot be; null when it can. */
function judgeGroup(line: UserLine, { groups, reach }: Known): string | null {
  if (reach.all || line.group === undefined) return null;
  if (line.group === null) return 'csv-own-groups';
  const group = groups.get(line.group.key);
  return group !== undefined && isWithin(reach, group.id) ? null : 'csv-own-groups';
}

/** Whoever looks after several groups has to say which. */
function needsGroup(reach: Reach): boolean {
  return !reach.all && reach.groups.length !== 1;
}

/** Where a group admin's file names no groups, his only one is meant. */
function onlyGroup({ groups, reach }: Known): { key: string; name: string } | null {
  if (reach.all) return null;
  const group = [...groups.values()].find(({ id }) => id === reach.groups[0]);
  return group === undefined ? null : { key: group.name_key, name: group.name };
}

function compare(line: UserLine, user: UserRecord, known: Known, plan: ImportPlan): void {
  const refused = judgeUser(user, known);
  if (refused !== null) {
    plan.problems.push(problem(line.line, refused, { name: user.name }));
    return;
  }
  const fields = listDifferences(line, user, known);
  if (fields.length === 0) plan.same.push(user);
  else plan.changed.push({ line, user, fields });
}

/** Why the caller may not change this user; null when he may. */
export function judgeUser(
  user: UserRecord,
  { reach, groupAdmins }: Pick<Known, 'reach' | 'groupAdmins'>,
): string | null {
  // To a group admin a name of another group is just taken: whose it is is not his to know.
  if (!isWithin(reach, user.group_id)) return 'csv-taken';
  if (user.removed_at !== null) return 'csv-removed';
  if (!reach.all && (user.admin === 1 || groupAdmins.has(user.id))) return 'csv-admin';
  return null;
}

/** What is the user's own by now is nobody else's to change: an address that he has proven, a password that he has chosen. */
export function mayStillChange(user: UserRecord, field: PlannedChange['fields'][number]['field']): boolean {
  if (field === 'email') return user.second_address_proven === 0;
  return field !== 'initial_password' || stateOf(user) === 'invited';
}

function listDifferences(line: UserLine, user: UserRecord, { groups }: Known): PlannedChange['fields'] {
  const fields: PlannedChange['fields'] = [];
  const group = [...groups.values()].find(({ id }) => id === user.group_id);
  if (line.displayName !== undefined && line.displayName !== user.display_name) {
    fields.push({ field: 'display_name', before: user.display_name, after: line.displayName });
  }
  if (line.group !== undefined && (line.group?.key ?? null) !== (group?.name_key ?? null)) {
    fields.push({ field: 'group', before: group?.name ?? null, after: line.group?.name ?? null });
  }
  if (line.email !== undefined && mayStillChange(user, 'email') && line.email !== user.second_address) {
    fields.push({ field: 'email', before: user.second_address, after: line.email });
  }
  if (line.password !== null && mayStillChange(user, 'initial_password')) {
    fields.push({ field: 'initial_password', before: null, after: null });
  }
  return fields;
}
