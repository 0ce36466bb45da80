/* The functions here are turned into text and run inside Chromium: they may use nothing from outside themselves. */

export const WORLD = 'valija-preload';
export const BINDING = 'valijaDoubleCall';
/** All fields that some kind of message has. */
interface Message {
  kind: 'expose' | 'call' | 'return' | 'settle';
  key: string;
  value: unknown;
  id: number;
  args: unknown[];
  reply: number;
  promise: number;
  error?: string;
}
type Callable = (...args: unknown[]) => unknown;

/** Carries plain values, functions and promises between the page's world and the preload's, as contextBridge does; what it does not carry throws. */
function makeBridge(out: string, incoming: string, onExpose: (key: string, value: unknown) => void) {
  const own = new Map<number, Callable>();
  const answers = new Map<number, { value?: unknown; promise?: number; error?: string }>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const say = (message: object): void => {
    window.dispatchEvent(new CustomEvent(out, { detail: JSON.stringify(message) }));
  };
  const encode = (value: unknown): unknown => {
    if (value === undefined) return { is: 'undefined' };
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
      return { is: 'plain', value };
    if (typeof value === 'function') {
      last += 1;
      own.set(last, value as Callable);
      return { is: 'function', id: last };
    }
    if (Array.isArray(value)) return { is: 'list', items: value.map(encode) };
    if (Object.getPrototypeOf(value) !== Object.prototype)
      throw new TypeError('contextBridge double: not modelled');
    return { is: 'object', entries: Object.entries(value).map(([key, item]) => [key, encode(item)]) };
  };
  const decode = (coded: unknown): unknown => {
    const { is, value, id, items, entries } = coded as Record<string, unknown>;
    if (is === 'undefined') return undefined;
    if (is === 'plain') return value;
    if (is === 'list') return (items as unknown[]).map(decode);
    if (is === 'object') {
      return Object.fromEntries((entries as [string, unknown][]).map(([key, item]) => [key, decode(item)]));
    }
    return (...args: unknown[]): unknown => {
      last += 1;
      const reply = last;
      say({ kind: 'call', id, args: args.map(encode), reply });
      const answer = answers.get(reply);
      answers.delete(reply);
      if (answer === undefined || answer.error !== undefined)
        throw new Error(answer?.error ?? 'nobody answered');
      const { promise } = answer;
      if (promise === undefined) return decode(answer.value);
      return new Promise((resolve, reject) => waiting.set(promise, { resolve, reject }));
    };
  };
  const answerCall = (id: number, args: unknown[], reply: number): void => {
    try {
      const result = own.get(id)?.(...args.map(decode));
      if (!(result instanceof Promise)) return say({ kind: 'return', reply, value: encode(result) });
      last += 1;
      // Ids of promises are told apart from those of the other side by their sign.
      const promise = -last;
      say({ kind: 'return', reply, promise });
      result.then(
        (value: unknown) => say({ kind: 'settle', promise, value: encode(value) }),
        (error: unknown) => say({ kind: 'settle', promise, error: (error as Error).message }),
      );
    } catch (error) {
      say({ kind: 'return', reply, error: (error as Error).message });
    }
  };
  window.addEventListener(incoming, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as Message;
    const { kind } = message;
    if (kind === 'expose') onExpose(message.key, decode(message.value));
    if (kind === 'call') answerCall(message.id, message.args, message.reply);
    if (kind === 'return') answers.set(message.reply, message);
    if (kind !== 'settle') return;
    const asked = waiting.get(message.promise);
    waiting.delete(message.promise);
    if (message.error === undefined) asked?.resolve(decode(message.value));
    else asked?.reject(new Error(message.error));
  });
  return { say, encode };
}

function openMainWorld(bridge: typeof makeBridge): void {
  if (window.top !== window) return;
  bridge('valija-double-in', 'valija-double-out', (key, value) => {
    Object.defineProperty(window, key, { value: Object.freeze(value), enumerable: true });
  });
}

function openPreloadWorld(
  bridge: typeof makeBridge,
  preload: (require: (name: string) => unknown) => void,
): void {
  // As in Electron without nodeIntegrationInSubFrames.
  if (window.top !== window) return;
  const { say, encode } = bridge('valija-double-out', 'valija-double-in', () => undefined);
  const call = (globalThis as unknown as { valijaDoubleCall: (text: string) => void }).valijaDoubleCall;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const heard = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  let last = 0;
  Object.assign(globalThis, {
    valijaDoubleAnswer: (id: number, error: string | null, value: unknown) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error === null) asked?.resolve(value);
      else asked?.reject(new Error(error));
    },
    valijaDoubleHear: (channel: string, args: unknown[]) => {
      for (const listener of heard.get(channel) ?? []) listener({}, ...args);
    },
  });
  const refuse = (name: string): never => {
    throw new Error(`the double of Electron does not model ${name} in a preload`);
  };
  const strict = (name: string, parts: object): object =>
    new Proxy(parts, { get: (target, key) => Reflect.get(target, key) ?? refuse(`${name}.${String(key)}`) });
  const electron = strict('electron', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, value: unknown) => say({ kind: 'expose', key, value: encode(value) }),
    }),
    ipcRenderer: strict('ipcRenderer', {
      invoke: (channel: string, ...args: unknown[]) => {
        last += 1;
        const id = last;
        return new Promise((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          call(JSON.stringify({ id, channel, args }));
        });
      },
      send: (channel: string, ...args: unknown[]) => call(JSON.stringify({ id: null, channel, args })),
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
        heard.set(channel, [...(heard.get(channel) ?? []), listener]),
    }),
  });
  // A sandboxed preload gets nothing else of ours by require.
  preload((name) => (name === 'electron' ? electron : refuse(`require('${name}')`)));
}

/** For the page's own world, before any script of the page. */
export function writeMainWorld(): string {
  return `(${openMainWorld.toString()})(${makeBridge.toString()})`;
}

/** For the isolated world: the preload's file as CommonJS, with `require('electron')` and nothing else. */
export function writePreloadWorld(preload: string): string {
  const wrapped = `(require) => { const module = { exports: {} }, exports = module.exports; ${preload}\n}`;
  return `(${openPreloadWorld.toString()})(${makeBridge.toString()}, ${wrapped})`;
}
