import { EventEmitter } from 'node:events';
import type { StoreEvent } from '../../common/shapes/event.ts';

/** Hints between the things of this process: they may be lost, `event.watch` heals by reading the modseq again. */
export interface Events {
  publish(user: string, event: StoreEvent): void;
  /** Returns how to stop listening. */
  subscribe(user: string, listener: (event: StoreEvent) => void): () => void;
  /** Of all users: for what works behind their backs. */
  subscribeAll(listener: (user: string, event: StoreEvent) => void): () => void;
}

export function makeEvents(): Events {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const everybody = Symbol('everybody');
  return {
    publish: (user, event) => {
      emitter.emit(user, event);
      emitter.emit(everybody, user, event);
    },
    subscribe: (user, listener) => {
      emitter.on(user, listener);
      return () => void emitter.off(user, listener);
    },
    subscribeAll: (listener) => {
      emitter.on(everybody, listener);
      return () => void emitter.off(everybody, listener);
    },
  };
}
