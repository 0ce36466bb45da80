import type { Rule } from '../../../common/shapes/rule.ts';
import type { Script } from '../../../common/sieve/language/call.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { readNeeds } from '../../../common/sieve/read-needs.ts';
import type { FilingProblem } from '../filing.ts';

/** A rule as the profile has it. */
export type KnownRule = Pick<Rule, 'enabled' | 'script'> & { id: string };

/** A user's rules, read once. */
export interface CompiledRules {
  /** By position; `ids` says which rule each script is. */
  scripts: Script[];
  ids: string[];
  sources: string[];
  /** Whether any looks at the body or at attachments. */
  needsBody: boolean;
  /** UTF-16 units of all scripts: how much there may be to do for each mail. */
  length: number;
  /** Rules that cannot be read, such as those of another version. */
  problems: FilingProblem[];
}

/** Rules that are switched off are left out. */
export function compileRules(rules: readonly KnownRule[]): CompiledRules {
  const compiled: CompiledRules = {
    scripts: [],
    ids: [],
    sources: [],
    needsBody: false,
    length: 0,
    problems: [],
  };
  for (const { id, enabled, script: source } of rules) {
    if (!enabled) continue;
    const parsed = parseScript(source);
    if ('errors' in parsed) {
      const detail = parsed.errors[0]?.code ?? '';
      compiled.problems.push({ rule: id, reason: 'rule-failed', detail });
      continue;
    }
    compiled.scripts.push(parsed.script);
    compiled.ids.push(id);
    compiled.sources.push(source);
    compiled.needsBody ||= readNeeds(parsed.script).body;
    compiled.length += source.length;
  }
  return compiled;
}

/** Rules of users, kept while their profile stays as it is. */
export class RuleBook {
  readonly #kept = new Map<string, { revision: number; rules: CompiledRules }>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  read(user: string, profile: { revision: number; rules: readonly KnownRule[] }): CompiledRules {
    const known = this.#kept.get(user);
    if (known?.revision === profile.revision) return known.rules;
    const rules = compileRules(profile.rules);
    this.#kept.delete(user);
    this.#kept.set(user, { revision: profile.revision, rules });
    if (this.#kept.size > this.#most) {
      for (const first of this.#kept.keys()) {
        this.#kept.delete(first);
        break;
      }
    }
    return rules;
  }
}
