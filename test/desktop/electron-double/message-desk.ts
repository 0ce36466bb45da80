import type { IpcMain } from 'electron';
import { EventEmitter } from 'node:events';
import { model, NotModelled } from './modelled.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

/** The main side of all messages. */
export interface MessageDesk {
  ipcMain: IpcMain;
  answer(channel: string, event: object, args: unknown[]): Promise<{ error: string | null; value?: unknown }>;
  hear(channel: string, event: object, args: unknown[]): void;
  /** Tells how the next question was answered: the text of the error, or null. */
  watchNext(tell: (error: string | null) => void): void;
}

export function openMessageDesk(): MessageDesk {
  const handlers = new Map<string, Handler>();
  const emitter = new EventEmitter();
  let tellNext: (error: string | null) => void = () => undefined;
  const finish = (error: string | null): void => {
    tellNext(error);
    tellNext = () => undefined;
  };
  return {
    ipcMain: model<IpcMain>(
      'ipcMain',
      {
        handle: (channel: string, handler: Handler) => {
          if (handlers.has(channel))
            throw new Error(`Attempted to register a second handler for '${channel}'`);
          handlers.set(channel, handler);
        },
      },
      emitter,
    ),
    answer: async (channel, event, args) => {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new NotModelled(`a message to nobody: ${channel}`);
      try {
        const value = carry(await handler(event, ...args));
        finish(null);
        return { error: null, value };
      } catch (error) {
        const text = `Error invoking remote method '${channel}': ${String(error)}`;
        finish(text);
        return { error: text };
      }
    },
    hear: (channel, event, args) => {
      if (!emitter.emit(channel, event, ...args)) throw new NotModelled(`a message to nobody: ${channel}`);
    },
    watchNext: (tell) => {
      tellNext = tell;
    },
  };
}

/** What crosses between processes is a copy. */
function carry(value: unknown): unknown {
  return value === undefined ? undefined : structuredClone(value);
}
