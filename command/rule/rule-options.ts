import { readFile } from 'node:fs/promises';
import type { RuleCondition } from '../../common/shapes/rule.ts';
import { writeForm } from '../../common/sieve/form/write-form.ts';
import { findAccountId } from '../account/find-account.ts';
import type { Call } from '../call.ts';
import { makeFileError, makeUsageError, readNumber } from '../failure.ts';
import type { Connection } from '../server/connection.ts';
import { parseAction } from './parse-action.ts';
import { parseCondition } from './parse-condition.ts';

/** What the options say a rule does. */
export interface RuleOptions {
  /** Null: they say nothing of it. */
  makeScript: ((connection: Connection) => Promise<string>) | null;
  /** From 1. */
  place: number | null;
}

/** Reads `--if`, `--any`, `--do`, or `--script FILE`; usage errors before anything is asked of the server. */
export async function readRuleOptions({ typed }: Call): Promise<RuleOptions> {
  const position = typed.text('position');
  const place = position === undefined ? null : readNumber('--position', position, 1, 500);
  const file = typed.text('script');
  const form = ['if', 'do', 'any', 'days', 'subject'].find((option) => typed.has(option));
  if (file !== undefined) {
    if (form !== undefined) throw makeUsageError('not-together', { option: '--script', other: `--${form}` });
    const script = await readScript(file);
    return { makeScript: async () => await Promise.resolve(script), place };
  }
  if (form === undefined) return { makeScript: null, place };
  const conditions = typed.texts('if').map(parseCondition);
  const days = readNumber('--days', typed.text('days') ?? '7', 1, 365);
  const vacation = { days, subject: typed.text('subject') ?? null };
  const actions = typed.texts('do').map((action) => parseAction(action, vacation));
  if (actions.length === 0) throw makeUsageError('missing-option', { option: '--do' });
  const all = !typed.has('any');
  return {
    makeScript: async (connection) =>
      writeForm({ all, conditions: await nameAccounts(connection, conditions), actions }),
    place,
  };
}

/** Accounts may be given by their addresses. */
async function nameAccounts(connection: Connection, conditions: RuleCondition[]): Promise<RuleCondition[]> {
  const named: RuleCondition[] = [];
  for (const condition of conditions) {
    const account = condition.test === 'account' ? await findAccountId(connection, condition.account) : null;
    named.push(account === null || condition.test !== 'account' ? condition : { ...condition, account });
  }
  return named;
}

/** UTF-8; the server says whether it is Sieve. */
export async function readScript(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw makeFileError(file, error);
  }
}
