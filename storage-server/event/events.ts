import { EventEmitter } from 'node:events';
import type { StoreEvent } from '../../common/shapes/event.ts';

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
