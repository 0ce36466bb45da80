import { DAY, SECOND } from '../../../common/time.ts';
import { makeBell } from '../../../server-kit/bell.ts';
import { repeat, sleep } from '../../../server-kit/repeat.ts';
import { backOff } from '../../sending/relay/relays.ts';
import { listDue, readNextDue, tidyOutbox } from './outbox-store.ts';
import { forgetOldProblems } from '../problem-store.ts';
import { sendOutbox, type OutboxCore } from './send-outbox.ts';

export interface OutboxLoop {
  /** Something was added. */
  wake: () => void;
  stop(): Promise<void>;
}

const AT_ONCE = 2;
const LOOK_MS = 30 * SECOND;
const TIDY_EVERY = DAY / 4;
/** The relay gives up after days: what it never told the end of by then, it never will. */
const TAKEN_AGE = 14 * DAY;
/** What went wrong longer ago is nothing to bother anybody with. */
const PROBLEM_AGE = 30 * DAY;

/** Sends what rules want sent, until it is stopped. */
export function startOutbox(core: OutboxCore): OutboxLoop {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = makeBell();
  const under = new Map<string, Promise<void>>();
  let tidied = 0;

  const sendDue = async (): Promise<number> => {
    const now = core.clock.now();
    for (const row of await listDue(core.db.read, now, AT_ONCE + under.size)) {
      const key = `${row.user}/${row.sendKey}`;
      if (under.size >= AT_ONCE || under.has(key)) continue;
      const work = sendOutbox(core, row, signal)
        .catch(async (error: unknown) => {
          core.log.error('filing.send-failed', { mail: row.mail, error });
          await sleep(SECOND, signal);
        })
        .finally(() => {
          under.delete(key);
          bell.ring();
        });
      under.set(key, work);
    }
    const next = under.size >= AT_ONCE ? null : await readNextDue(core.db.read);
    return next === null || next <= now ? LOOK_MS : Math.min(next - now, LOOK_MS);
  };
  const onFailure = {
    log: core.log,
    event: 'filing.loop-failed',
    pause: (failures: number) => Math.min(backOff(failures - 1), LOOK_MS),
  };
  const running = repeat(signal, onFailure, async () => {
    const { rings } = bell;
    const now = core.clock.now();
    if (now - tidied > TIDY_EVERY) {
      tidied = now;
      await tidyOutbox(core.db, now, TAKEN_AGE);
      await core.db.write(async (tx) => await forgetOldProblems(tx, now - PROBLEM_AGE));
    }
    await bell.wait(rings, await sendDue(), signal);
  });
  return {
    wake: () => bell.ring(),
    stop: async () => {
      stopping.abort();
      await Promise.all([running, ...under.values()]);
    },
  };
}
