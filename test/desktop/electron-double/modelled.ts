import { EventEmitter } from 'node:events';

/**
 * What the double may offer of a part of Electron: only names that electron.d.ts knows, functions where it has functions.
 * A misspelled or outdated name does not compile.
 */
export type Modelled<T> = {
  [K in keyof T]?: T[K] extends (...args: never[]) => unknown ? (...args: never[]) => unknown : unknown;
};

/** What a page, a promise or an inspector asks of any object. */
const HARMLESS = new Set<PropertyKey>(['then', 'constructor', 'toJSON', 'inspect']);

/** A part of the double: its own names, those of an event emitter, and an error for everything else. */
export function model<T extends object>(
  name: string,
  parts: Modelled<Omit<T, keyof EventEmitter>>,
  emitter: EventEmitter = new EventEmitter(),
): T & { emit(event: string, ...args: unknown[]): boolean } {
  return new Proxy<object>(parts, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key) as unknown;
      if (typeof key === 'symbol' || HARMLESS.has(key)) return undefined;
      if (key in emitter) {
        const found = Reflect.get(emitter, key) as unknown;
        return typeof found === 'function' ? (found.bind(emitter) as unknown) : found;
      }
      throw new NotModelled(`${name}.${key}`);
    },
    set(_target, key) {
      throw new NotModelled(`${name}.${String(key)} =`);
    },
  }) as T & { emit(event: string, ...args: unknown[]): boolean };
}

/** The shell used something that nobody thought about: the double has to learn it, with its real behaviour. */
export class NotModelled extends Error {
  constructor(what: string) {
    super(`the double of Electron does not model ${what}`);
    this.name = 'NotModelled';
  }
}

/** Refuses options that the double would silently ignore. */
export function demandKnown(what: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options))
    if (!known.includes(key)) throw new NotModelled(`${what} option ${key}`);
}
