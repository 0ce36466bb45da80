import { SECOND } from '../../../common/time.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { makeThreadPool, type ThreadPool } from '../../thread/thread-pool.ts';
import type { RuleAnswer, RuledMail, RuleEnvironment } from './evaluate-mail.ts';

export interface FilingRequest {
  sources: readonly string[];
  mail: RuledMail;
  environment: RuleEnvironment;
}

export type RuleThread = ThreadPool<FilingRequest, RuleAnswer>;

const IDLE = 30 * SECOND;

/** One thread for rules that look at bodies; it runs only while there are such mails. */
export function makeRuleThread(log: Logger): RuleThread {
  const script = new URL('./thread.ts', import.meta.url);
  return makeThreadPool<FilingRequest, RuleAnswer>({ script, threads: 1, setup: null, idle: IDLE, log });
}
