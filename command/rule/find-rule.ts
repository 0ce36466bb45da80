import { MailError } from '../../common/errors.ts';
import type { Rule } from '../../common/shapes/rule.ts';
import { ask, type Connection } from '../server/connection.ts';

/** A rule as the profile has it, with the revision that a change of it has to name. */
export interface StoredRule extends Rule {
  id: string;
  revision: number;
}

/** The user's rules in the order in which they run. */
export async function listRules({ profile }: Connection): Promise<StoredRule[]> {
  const { items } = await ask(profile.profile.read.query({ parts: ['rules'] }));
  const rules = items.flatMap(({ id, revision, value }) =>
    value === null ? [] : [{ ...(value as Rule), id, revision }],
  );
  return rules.sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
}

/** Takes an id, or a name that only one rule has. MailError not-found. */
export function pickRule(rules: readonly StoredRule[], typed: string): StoredRule {
  const byId = rules.find(({ id }) => id === typed);
  const named = rules.filter(({ name }) => name === typed);
  const found = byId ?? (named.length === 1 ? named[0] : undefined);
  if (found !== undefined) return found;
  throw new MailError('not-found', `no rule ${typed}`, { reason: 'no-rule', params: { rule: typed } });
}

/** Makes a rule, or changes one that stands at `revision`. */
export async function saveRule(
  { profile }: Connection,
  value: Rule,
  known: { id: string; revision: number } | null,
): Promise<StoredRule> {
  const change = { part: 'rules' as const, id: known?.id ?? null, base: known?.revision ?? null, value };
  const { item } = await ask(profile.profile.change.mutate(change));
  return { ...(item.value as Rule), id: item.id, revision: item.revision };
}
