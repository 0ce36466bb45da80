import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../../context.ts';
import { listAllGroupAdmins, listGroups } from '../../group/group-store.ts';
import { demandReach } from '../../group/reach.ts';
import { tellUnsettled } from '../../layer/tell-unsettled.ts';
import { findUsersByNames } from '../user-store.ts';
import type { ImportInput } from '../user-shapes.ts';
import { planImport, type ImportPlan } from './plan-import.ts';
import { readUserFile, type ImportProblem } from './read-user-file.ts';
import { runPlan } from './run-plan.ts';

export interface ImportResult {
  added: { line: number; name: string; group: string | null; how: 'invite' | 'initial' }[];
  changed: {
    line: number;
    name: string;
    fields: { field: string; before: string | null; after: string | null }[];
  }[];
  /** How many are there already as the file says. */
  same: number;
  /** Groups that are made for it. */
  groups: string[];
  /** As long as there are any, nothing is done. */
  problems: ImportProblem[];
  /** False for a dry run and for a file with problems. */
  done: boolean;
  /** Invitations, told this once; only when it was run. */
  codes: { name: string; code: string }[];
}

/**
 * Brings users to what a file says: adds those who are missing, changes what differs, leaves everybody else alone. A run that
 * breaks off has done whole batches, and the next one does the rest. MailError `forbidden` for who is admin of nothing.
 */
export async function importUsers(
  server: ProfileContext,
  caller: UserCaller,
  input: ImportInput,
): Promise<ImportResult> {
  const plan = await makePlan(server, caller, input.csv);
  const result = describePlan(plan);
  if (input.dryRun || plan.problems.length > 0) return result;
  const { codes, problems } = await runPlan(server, caller, plan, input.newCodes);
  server.hints.give('change');
  server.hints.give('initial-password');
  tellUnsettled(server);
  server.log.info('users.imported', {
    by: caller.user,
    added: result.added.length,
    changed: result.changed.length,
    same: result.same,
  });
  return { ...result, problems, codes, done: problems.length === 0 };
}

async function makePlan(server: ProfileContext, caller: UserCaller, csv: string): Promise<ImportPlan> {
  const { read } = server.db;
  const reach = await demandReach(server, caller);
  const { lines, problems } = readUserFile(csv);
  const users = await findUsersByNames(
    read,
    lines.map(({ name }) => name.key),
  );
  const groups = await listGroups(read);
  const plan = planImport(lines, {
    users: new Map(users.map((user) => [user.name_key, user])),
    groups: new Map(groups.map((group) => [group.name_key, group])),
    groupAdmins: new Set(await listAllGroupAdmins(read)),
    reach,
  });
  plan.problems = [...problems, ...plan.problems].sort((a, b) => a.line - b.line);
  return plan;
}

function describePlan(plan: ImportPlan): ImportResult {
  return {
    added: plan.added.map(({ line, group }) => ({
      line: line.line,
      name: line.name.name,
      group: group?.name ?? null,
      how: line.password === null ? 'invite' : 'initial',
    })),
    changed: plan.changed.map(({ line, user, fields }) => ({ line: line.line, name: user.name, fields })),
    same: plan.same.length,
    groups: plan.newGroups.map(({ name }) => name),
    problems: plan.problems,
    done: false,
    codes: [],
  };
}
