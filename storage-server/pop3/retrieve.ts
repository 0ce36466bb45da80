import { MailError } from '../../common/errors.ts';
import { HoldBack } from './hold-back.ts';
import type { Limits } from './limits.ts';
import type { Listed } from './listing.ts';
import { MessageSink, type Source } from './message-sink.ts';
import { ReceiveMemory } from './receive-memory.ts';
import { explainRefusal, type Reply } from './reply.ts';
import type { Wire } from './wire.ts';

/** One message of `retrieve`: its bytes, or why this one did not come (refused or too large) while the session goes on. */
export type Retrieved =
  { listed: Listed; source: Source; error: null } | { listed: Listed; source: null; error: MailError };

/** A window that is less full is filled again: a server far away would have nothing to send if it were let run dry by half. */
const FULL = 7 / 8;

interface Slot {
  listed: Listed;
  sink: MessageSink;
  reply: Reply | null;
}

export interface RetrieveOptions {
  limits: Limits;
  spoolDir: string;
  /** False asks for one message at a time. */
  pipelining: boolean;
}

/**
 * Messages in the order asked for, RETR sent ahead in a window measured in claimed bytes, so that neither distance nor size decides the speed.
 * The window counts until a message is taken here, and what has come has a bound of its own (HoldBack): a slow taker holds the
 * server back. Leaving early leaves replies on the wire: close the session then.
 */
export async function* retrieveMessages(
  wire: Wire,
  wanted: Listed[],
  options: RetrieveOptions,
): AsyncGenerator<Retrieved> {
  const { limits } = options;
  const maxCommands = options.pipelining ? limits.windowCommands : 1;
  const slots: Slot[] = [];
  const memory = new ReceiveMemory();
  const state: { wake: (() => void) | null; error: MailError | null } = { wake: null, error: null };
  let next = 0;
  let windowBytes = 0;
  const waiting = new HoldBack(wire, limits);

  function fill(): void {
    const roomy = slots.length <= FULL * maxCommands || windowBytes <= FULL * limits.windowBytes;
    if (!roomy && slots.length > 0) return;
    wire.join(() => {
      while (next < wanted.length && slots.length < maxCommands) {
        const listed = wanted[next]!;
        if (slots.length > 0 && windowBytes + listed.size > limits.windowBytes) return;
        next++;
        windowBytes += listed.size;
        ask(listed);
      }
    });
  }

  function ask(listed: Listed): void {
    const slot: Slot = { listed, sink: new MessageSink(limits, options.spoolDir, memory), reply: null };
    slots.push(slot);
    wire.send(`RETR ${listed.number}`, {
      sink: slot.sink,
      done(reply) {
        slot.reply = reply;
        waiting.add(slot.sink.size);
        state.wake?.();
      },
      failed(error) {
        state.error ??= error;
        state.wake?.();
      },
    });
  }

  try {
    fill();
    while (slots.length > 0) {
      const slot = slots[0]!;
      while (slot.reply === null && state.error === null) {
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
      }
      if (slot.reply === null) throw state.error!;
      slots.shift();
      windowBytes -= slot.listed.size;
      waiting.subtract(slot.sink.size);
      fill();
      yield await settle(slot, slot.reply);
    }
  } finally {
    waiting.end();
    await Promise.all(slots.map((slot) => slot.sink.discard()));
    memory.close();
  }
}

async function settle({ listed, sink }: Slot, reply: Reply): Promise<Retrieved> {
  if (reply.kind !== 'ok') return { listed, source: null, error: explainRefusal(reply, 'command') };
  try {
    return { listed, source: await sink.finish(), error: null };
  } catch (error) {
    if (error instanceof MailError && error.code === 'too-large') return { listed, source: null, error };
    throw error;
  }
}
