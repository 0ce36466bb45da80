import type { StorageCore } from '../context.ts';
import type { Relays } from '../sending/relay/relays.ts';
import { RuleBook } from './ask/compile-rules.ts';
import type { Filing } from './filing.ts';
import { makeFiling } from './make-filing.ts';
import { startOutbox } from './outbox/outbox-loop.ts';
import { makeRuleThread, type RuleThread } from './ask/rule-thread.ts';

/** Users whose rules are kept ready. */
const MOST_KEPT = 1000;

export interface StartedFiling {
  filing: Filing;
  thread: RuleThread;
  /** A result came of something that was sent. */
  wake: () => void;
  stop(): Promise<void>;
}

export type FilingServices = Pick<
  StorageCore,
  'clock' | 'db' | 'home' | 'key' | 'log' | 'mails' | 'random'
> & { relays: Pick<Relays, 'list'> };

/** Makes what applies rules, and starts what sends for them. */
export function startFiling(core: FilingServices): StartedFiling {
  const thread = makeRuleThread(core.log);
  const outbox = startOutbox(core);
  const book = new RuleBook(MOST_KEPT);
  return {
    filing: makeFiling({ ...core, thread, wake: outbox.wake }, book),
    thread,
    wake: outbox.wake,
    stop: async () => {
      await Promise.all([outbox.stop(), thread.close()]);
    },
  };
}
