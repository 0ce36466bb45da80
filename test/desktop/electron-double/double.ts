import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App, BrowserWindowConstructorOptions, Protocol } from 'electron';
import type * as Electron from 'electron';
import type { Computer, Done } from './computer.ts';
import { openMessageDesk } from './message-desk.ts';
import { model, NotModelled, type Modelled } from './modelled.ts';
import { openSession, type SessionDouble } from './session.ts';
import { makeSmallParts } from './small-parts.ts';
import { openWindow, type OpenWindow } from './window.ts';

export interface ElectronDouble {
  electron: object;
  computer: Computer;
  done: Done;
  app: App & { emit(event: string, ...args: unknown[]): boolean };
  sessions: SessionDouble[];
  /** The window, as soon as there is one. */
  window: Promise<OpenWindow>;
  clipboard: { text: string };
  focused: { value: boolean };
  becomeReady(): void;
  ended: Promise<number>;
}

/** The `electron` module for one run of main. Names are those of electron.d.ts; what is missing throws. */
export function makeElectron(computer: Computer): ElectronDouble {
  const done: Done = {
    opened: [],
    downloads: [],
    errorBoxes: [],
    asked: [],
    answers: [],
    switches: [],
    badge: 0,
    menu: [],
    popups: [],
    notifications: [],
    tray: null,
    paths: new Map([
      ['appData', computer.home],
      ['downloads', join(computer.home, 'Downloads')],
    ]),
    protocols: new Map(),
    sandboxed: false,
    errors: [],
  };
  const desk = openMessageDesk();
  const sessions: SessionDouble[] = [];
  const privileged = new Set<string>();
  const clipboard = { text: '' };
  const focused = { value: true };
  const ready = Promise.withResolvers<void>();
  const window = Promise.withResolvers<OpenWindow>();
  const end = Promise.withResolvers<number>();
  const events = new EventEmitter();
  let isReady = false;
  let hasEnded = false;
  let isQuitting = false;
  let current: OpenWindow | null = null;

  const demandEarly = (what: string): void => {
    if (isReady) throw new Error(`${what} has to be called before the app is ready`);
  };
  const finish = (code: number): void => {
    if (hasEnded) return;
    hasEnded = true;
    // The double's Chromium is a process of its own: what it writes while it ends is there before main cleans up.
    void Promise.allSettled(sessions.map((session) => session.close())).then(() => {
      events.emit('quit', {}, code);
      return end.resolve(code);
    });
  };
  const quit = (): void => {
    let held = false;
    events.emit('before-quit', { preventDefault: () => (held = true) });
    if (held || hasEnded || isQuitting) return;
    isQuitting = true;
    if (current !== null && !current.isDestroyed()) current.askClose();
    if (current === null || current.isDestroyed()) finish(0);
    isQuitting = false;
  };
  const pathOf = (name: string): string => {
    const found = done.paths.get(name) ?? (name === 'sessionData' ? done.paths.get('userData') : undefined);
    if (found === undefined) throw new NotModelled(`app.getPath('${name}')`);
    return found;
  };

  const app = model<App>(
    'app',
    {
      setName: (_name: string) => undefined,
      setAppUserModelId: (_id: string) => undefined,
      getVersion: () => '0.0.0-double',
      isPackaged: computer.isPackaged,
      isDefaultProtocolClient: (scheme: string) => done.protocols.has(scheme),
      setAsDefaultProtocolClient: (scheme: string, _path: string, args: string[]) =>
        done.protocols.set(scheme, args).size > 0,
      removeAsDefaultProtocolClient: (scheme: string) => done.protocols.delete(scheme),
      enableSandbox: () => {
        demandEarly('app.enableSandbox');
        done.sandboxed = true;
      },
      getPath: pathOf,
      setPath: (name: string, path: string) => {
        if (!existsSync(path)) throw new Error(`Failed to set '${name}' path`);
        done.paths.set(name, path);
      },
      setAppLogsPath: (path: string) => {
        mkdirSync(path, { recursive: true });
        done.paths.set('logs', path);
      },
      commandLine: {
        appendSwitch: (name: string) => {
          demandEarly('commandLine.appendSwitch');
          done.switches.push(name);
        },
      },
      requestSingleInstanceLock: () => !computer.isTaken,
      whenReady: async () => await ready.promise,
      getPreferredSystemLanguages: () => computer.languages,
      setBadgeCount: (count: number) => {
        done.badge = count;
        return true;
      },
      quit,
      exit: (code?: number) => finish(code ?? 0),
    },
    events,
  );

  const electron: Modelled<typeof Electron> = {
    app,
    ipcMain: desk.ipcMain,
    protocol: model<Protocol>('protocol', {
      registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, boolean> }[]) => {
        demandEarly('protocol.registerSchemesAsPrivileged');
        for (const { scheme, privileges } of schemes) {
          // The double's page has exactly these abilities, so others would be a claim without proof.
          const names = Object.keys(privileges).toSorted().join(' ');
          if (names !== 'secure standard supportFetchAPI') throw new NotModelled(`privileges ${names}`);
          privileged.add(scheme);
        }
      },
    }),
    session: {
      fromPartition: (partition: string, options: { cache?: boolean } = {}) => {
        const made = openSession({
          partition,
          options,
          sessionData: () => pathOf('sessionData'),
          privileged: () => privileged,
          failing: new Set(computer.failing),
        });
        sessions.push(made);
        return made.session;
      },
    },
    BrowserWindow: function BrowserWindowDouble(options: BrowserWindowConstructorOptions) {
      if (!isReady) throw new Error('Cannot create BrowserWindow before app is ready');
      if (current !== null) throw new NotModelled('a second window');
      const session = sessions.find((one) => one.session === options.webPreferences?.session);
      if (session === undefined) throw new NotModelled('a window without a session');
      current = openWindow({
        options,
        session,
        desk,
        downloads: done.downloads,
        isFocused: () => focused.value,
        onDestroyed: () => {
          // As documented: a quit that closes the windows does not tell that they are all closed.
          if (!isQuitting && !events.emit('window-all-closed')) finish(0);
        },
      });
      current.contents.on('double-error' as never, (error: unknown) => done.errors.push(error));
      events.emit('web-contents-created', {}, current.contents);
      window.resolve(current);
      return current.window;
    },
    ...makeSmallParts(computer, done, clipboard),
  };

  return {
    electron: model<typeof Electron>('electron', electron),
    computer,
    done,
    app,
    sessions,
    window: window.promise,
    clipboard,
    focused,
    becomeReady: () => {
      isReady = true;
      if (!done.paths.has('userData')) done.paths.set('userData', join(computer.home, 'Electron'));
      ready.resolve();
    },
    ended: end.promise,
  };
}
