import type { SieveAction } from './action.ts';
import { HeaderTable } from './header/header-table.ts';
import type { Call, Script, Text, Value } from './language/call.ts';
import { SIEVE_LIMITS } from './limits.ts';
import type { SieveBody, SieveEnvironment, SieveMail } from './mail.ts';
import { type Place, SieveFailure } from './problem.ts';
import { TESTS } from './tests/tests.ts';

/** What one run of scripts over one mail remembers. */
export class Run {
  readonly mail: SieveMail;
  readonly environment: SieveEnvironment;
  readonly headers: HeaderTable;
  script: Script = { commands: [], requires: new Set() };
  actions: SieveAction[] = [];
  /** Whether the implicit keep stands (RFC 5228 2.10.2). */
  keeps = true;
  stopped = false;
  /** The internal variable of RFC 5232 2. */
  flags: readonly string[] = [];
  variables = new Map<string, string>();
  /** What the last successful `:matches` found: all of it, then each wildcard (RFC 5229 3.2). */
  matches: readonly string[] = [];
  /** The command or test that runs. */
  at: Place = { line: 1, column: 1 };
  #body: SieveBody | null = null;
  readonly #texts = new Map<string, string[]>();
  #steps = 0;
  #work = 0;

  constructor(mail: SieveMail, environment: SieveEnvironment) {
    this.mail = mail;
    this.environment = environment;
    this.headers = new HeaderTable(mail.headers);
  }

  /** What the body says in some way, made once. */
  readBody(way: string, read: (body: SieveBody) => string[]): string[] {
    const texts = this.#texts.get(way) ?? read(this.body());
    this.#texts.set(way, texts);
    return texts;
  }

  body(): SieveBody {
    this.#body ??= this.mail.body();
    return this.#body;
  }

  test(call: Call): boolean {
    this.step(call);
    return TESTS.get(call.name)?.evaluate(call, this) ?? false;
  }

  step(at: Place): void {
    this.at = at;
    if (++this.#steps > SIEVE_LIMITS.steps) throw new SieveFailure('too-many-steps', at);
  }

  /** Counts what looking at so many characters costs. */
  spend(characters: number): void {
    this.#work += characters;
    if (this.#work > (this.environment.work ?? SIEVE_LIMITS.work))
      throw new SieveFailure('too-many-steps', this.at);
  }

  fail(code: SieveFailure['problem']['code'], params: Record<string, string | number> = {}): SieveFailure {
    return new SieveFailure(code, this.at, params);
  }

  /** The text with its variables filled in; one that was never set is empty (RFC 5229 3). */
  fill(text: Text): string {
    const [only = ''] = text;
    if (text.length <= 1 && typeof only === 'string') return only;
    let filled = '';
    for (const piece of text) {
      if (typeof piece === 'string') filled += piece;
      else if ('match' in piece) filled += this.matches[piece.match] ?? '';
      else filled += this.variables.get(piece.variable) ?? '';
      if (filled.length > SIEVE_LIMITS.text) return filled.slice(0, SIEVE_LIMITS.text);
    }
    this.spend(filled.length);
    return filled;
  }

  /** Everything that a string or list of strings holds. */
  fillAll(value: Value | null | undefined): string[] {
    return value?.kind === 'texts' ? value.texts.map((text) => this.fill(text)) : [];
  }

  /** The value of a tag that takes one string; null when the tag is not there. */
  fillTag(call: Call, tag: string): string | null {
    return this.fillAll(call.tags.get(tag))[0] ?? null;
  }

  /** Cut to the longest that is kept, never in the middle of a character. */
  setVariable(name: string, value: string): void {
    const key = name.toLowerCase();
    if (!this.variables.has(key) && this.variables.size >= SIEVE_LIMITS.variables) {
      throw this.fail('too-many-steps');
    }
    this.variables.set(key, value.slice(0, SIEVE_LIMITS.variable).replace(/[\ud800-\udbff]$/, ''));
  }

  add(action: SieveAction): void {
    if (this.actions.length >= SIEVE_LIMITS.actions) {
      throw this.fail('too-many-actions', { limit: SIEVE_LIMITS.actions });
    }
    this.actions.push(action);
  }

  /** State that a failing script must leave as it was. */
  save(): SavedRun {
    const { actions, keeps, flags, variables, matches } = this;
    return { actions: [...actions], keeps, flags, variables: new Map(variables), matches };
  }

  restore(saved: SavedRun): void {
    Object.assign(this, saved);
  }
}

export type SavedRun = Pick<Run, 'actions' | 'keeps' | 'flags' | 'variables' | 'matches'>;
