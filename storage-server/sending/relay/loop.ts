import { SECOND } from '../../../common/time.ts';
import { makeBell } from '../../../server-kit/bell.ts';
import { type RepeatOptions, repeat, sleep } from '../../../server-kit/repeat.ts';
import { type HandOverCore, handOver } from './hand-over.ts';
import { makeOutboxes } from './outboxes.ts';
import { type Relay, type Relays, backOff } from './relays.ts';
import { type SendRow, listDueSends, readNextDue } from '../send-store.ts';
import { type ResultsCore, takeResults } from './take-results.ts';
import { pullIn } from '../waiting/waiting-store.ts';

export interface SendingLoop {
  /** Something may be due sooner than known so far. */
  wake: () => void;
  stop(): Promise<void>;
}

export type LoopCore = HandOverCore & ResultsCore & { relays: Relays };

/** Mails on their way to a relay at the same time. */
const AT_ONCE = 4;
/** A clock that was set, or a relay that was added, is noticed after this long. */
const LOOK_MS = 30 * SECOND;

/** Hands due mails to a relay, and takes in what the relays say became of them, until it is stopped. */
export function startSending(core: LoopCore): SendingLoop {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = makeBell();
  const under = new Map<string, Promise<void>>();
  let pulledIn = Number.NEGATIVE_INFINITY;

  const begin = (send: SendRow): void => {
    const key = `${send.user}/${send.mail}`;
    const work = handOver(core, send, signal)
      .catch(async (error: unknown) => {
        core.log.error('send.failed', { mail: send.mail, error });
        // Nothing could be written down, so it is due again at once.
        await sleep(SECOND, signal);
      })
      .finally(() => {
        under.delete(key);
        bell.ring();
      });
    under.set(key, work);
  };
  const sendDue = async (): Promise<number> => {
    const now = core.clock.now();
    // By a clock that nobody sets.
    if (performance.now() - pulledIn >= LOOK_MS) {
      await pullIn(core.db, now);
      pulledIn = performance.now();
    }
    const due = await listDueSends(core.db, now, AT_ONCE + under.size);
    for (const send of due) {
      if (under.size < AT_ONCE && !under.has(`${send.user}/${send.mail}`)) begin(send);
    }
    // With all places taken, the end of one of them wakes us.
    const next = under.size >= AT_ONCE ? null : await readNextDue(core.db);
    return next === null || next <= now ? LOOK_MS : Math.min(next - now, LOOK_MS);
  };
  const sends = repeat(signal, onFailure(core, 'send.loop-failed'), async () => {
    const { rings } = bell;
    const wait = await sendDue();
    await bell.wait(rings, wait, signal);
  });
  const claims = repeat(
    signal,
    onFailure(core, 'result.loop-failed'),
    async () => await followRelays(core, signal),
  );
  return {
    wake: () => bell.ring(),
    stop: async () => {
      stopping.abort();
      await Promise.all([sends, claims, ...under.values()]);
    },
  };
}

function onFailure(core: Pick<LoopCore, 'log'>, event: string): RepeatOptions {
  return { log: core.log, event, pause: (failures) => Math.min(backOff(failures - 1), LOOK_MS) };
}

/** One waiting call at each relay, for as long as the profile-server lists it. */
async function followRelays(core: LoopCore, signal: AbortSignal): Promise<void> {
  const outboxes = makeOutboxes();
  const followed = new Map<string, { relay: Relay; done: Promise<void>; end: AbortController }>();
  try {
    while (!signal.aborted) {
      const relays = await core.relays.list();
      for (const [id, one] of followed) {
        if (relays.find((relay) => relay.id === id)?.api === one.relay.api) continue;
        one.end.abort();
        followed.delete(id);
      }
      for (const relay of relays) {
        if (followed.has(relay.id)) continue;
        const end = new AbortController();
        const until = AbortSignal.any([signal, end.signal]);
        const work = async (): Promise<void> => await takeResults(core, relay, outboxes, until);
        followed.set(relay.id, {
          relay,
          end,
          done: repeat(until, onFailure(core, 'result.claim-failed'), work),
        });
      }
      await sleep(relays.length === 0 ? SECOND : LOOK_MS, signal);
    }
  } finally {
    for (const one of followed.values()) one.end.abort();
    await Promise.all([...followed.values()].map(async (one) => await one.done));
  }
}
