import { MailError } from '../../../common/errors.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { SECOND } from '../../../common/time.ts';
import type { CompiledRules } from './compile-rules.ts';
import { evaluateMail, type RuleAnswer, type RuledMail, type RuleEnvironment } from './evaluate-mail.ts';
import type { FilingProblem } from '../filing.ts';
import type { RuleThread } from './rule-thread.ts';

/** Characters of scripts times bytes of the header: beyond, the main loop is kept free of it. */
const MOST_WORK = 2 ** 26;
/** The same as rules count it while they run (SIEVE_LIMITS.work): about the hundredth of a second. What takes more begins anew in the thread. */
const MAIN_WORK = 4_000_000;
const PATIENCE = 10 * SECOND;
/** A user whose rules end the thread again and again does so for everybody: after that his mails of this batch stay. */
const MOST_FAILURES = 2;

/** What rules say of a mail; without actions where they could not be asked. */
export interface Asked {
  actions: RuleAnswer['actions'];
  problems: FilingProblem[];
}

/** Whether the rules are to be run in the thread: for bodies, and where headers and rules make much work together. */
export function needsThread(rules: Pick<CompiledRules, 'needsBody' | 'length'>, header: number): boolean {
  return rules.needsBody || rules.length * header > MOST_WORK;
}

/** Asks one user's rules about one mail after the other. Never throws: what cannot be decided is kept, and told. */
export class RuleSession {
  readonly #thread: RuleThread;
  readonly #log: Logger;
  readonly #rules: CompiledRules;
  readonly #environment: RuleEnvironment;
  #failures = 0;
  /** A mail was too much for the main loop: the next ones are likely to be, too. */
  #slow = false;

  constructor(core: { thread: RuleThread; log: Logger }, rules: CompiledRules, environment: RuleEnvironment) {
    this.#thread = core.thread;
    this.#log = core.log;
    this.#rules = rules;
    this.#environment = environment;
  }

  async ask(mail: RuledMail): Promise<Asked> {
    try {
      const { actions, failed } = await this.#run(mail);
      const problems = failed.map(({ script, code }): FilingProblem => ({
        rule: this.#rules.ids[script] ?? null,
        reason: 'rule-failed',
        detail: code,
      }));
      return { actions, problems };
    } catch (error) {
      this.#failures += 1;
      this.#log.warn('filing.not-decided', { error });
      const detail = error instanceof MailError ? error.code : 'internal';
      return { actions: [], problems: [{ rule: null, reason: 'rule-not-run', detail }] };
    }
  }

  async #run(mail: RuledMail): Promise<RuleAnswer> {
    const { scripts, sources } = this.#rules;
    if (!this.#slow && !needsThread(this.#rules, mail.header.length)) {
      const answer = evaluateMail(scripts, mail, { ...this.#environment, work: MAIN_WORK });
      this.#slow = answer.failed.some(({ code }) => code === 'too-many-steps');
      if (!this.#slow) return answer;
    }
    if (this.#failures >= MOST_FAILURES) {
      throw new MailError('unavailable', 'rules failed too often', { reason: 'rules' });
    }
    return await this.#thread.ask({ sources, mail, environment: this.#environment }, PATIENCE);
  }
}
