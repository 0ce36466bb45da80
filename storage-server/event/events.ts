import { EventEmitter } from 'node:events';
import type { WireError } from '../../common/errors.ts';

/** How far a check of one account is; `done` and `total` count messages. */
export interface CheckEvent {
  type: 'check';
  account: string;
  phase: 'connecting' | 'listing' | 'retrieving' | 'done' | 'failed';
  done: number;
  total: number | null;
  error: WireError | null;
}

/** Something of the user's changed: `mail.changes` says what. */
export interface ChangedEvent {
  type: 'changed';
  modseq: number;
}

export type StoreEvent = ChangedEvent | CheckEvent;

/** Hints between the things of this process: they may be lost, `event.watch` heals by reading the modseq again. */
export interface Events {
  publish(user: string, event: StoreEvent): void;
  /** Returns how to stop listening. */
  subscribe(user: string, listener: (event: StoreEvent) => void): () => void;
}

export function makeEvents(): Events {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    publish: (user, event) => void emitter.emit(user, event),
    subscribe: (user, listener) => {
      emitter.on(user, listener);
      return () => void emitter.off(user, listener);
    },
  };
}
