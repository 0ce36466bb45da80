import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { openContents, type OpenContents } from './contents.ts';
import type { MessageDesk } from './message-desk.ts';
import { demandKnown, model, NotModelled } from './modelled.ts';
import type { SessionDouble } from './session.ts';

export type BrowserWindowDouble = BrowserWindow & { emit(event: string, ...args: unknown[]): boolean };

export interface OpenWindow extends OpenContents {
  window: BrowserWindowDouble;
  options: BrowserWindowConstructorOptions;
  /** How far downloads were said to be, newest last. */
  progress: number[];
  isDestroyed(): boolean;
  /** From now on its page asks to stay when it is closed. */
  holdPage(): void;
  /** As a person closes it: whoever holds the event can stop it. */
  askClose(): void;
}

const KNOWN = [
  'width',
  'height',
  'minWidth',
  'minHeight',
  'title',
  'icon',
  'backgroundColor',
  'show',
  'webPreferences',
];
/** The double is a page without Node behind an isolated preload; it cannot show what other preferences would do. */
const DEMANDED: Readonly<Record<string, boolean>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};

interface Behind {
  options: BrowserWindowConstructorOptions;
  session: SessionDouble;
  desk: MessageDesk;
  downloads: string[];
  isFocused: () => boolean;
  onDestroyed: () => void;
}

export function openWindow({
  options,
  session,
  desk,
  downloads,
  isFocused,
  onDestroyed,
}: Behind): OpenWindow {
  demandKnown('BrowserWindow', options, KNOWN);
  const preferences = options.webPreferences ?? {};
  demandKnown('webPreferences', preferences, [
    ...Object.keys(DEMANDED),
    'session',
    'preload',
    'spellcheck',
    'devTools',
  ]);
  for (const [key, value] of Object.entries(DEMANDED)) {
    if (Reflect.get(preferences, key) !== value)
      throw new NotModelled(`webPreferences.${key} other than ${value}`);
  }
  const emitter = new EventEmitter();
  let destroyed = false;
  let asksToStay = false;
  let visible = options.show !== false;
  const progress: number[] = [];
  const opened = openContents({
    page: session.open().then(async (context) => context.pages()[0] ?? (await context.newPage())),
    preload: preferences.preload ?? '',
    desk,
    downloads,
    onPopup: (url) => session.notePopup(url),
  });
  const destroy = (): void => {
    if (destroyed) return;
    destroyed = true;
    emitter.emit('closed');
    onDestroyed();
  };
  const window = model<BrowserWindow>(
    'BrowserWindow',
    {
      webContents: opened.contents,
      loadURL: async (url: string) => {
        await opened.contents.loadURL(url);
        emitter.emit('ready-to-show');
      },
      show: () => (visible = true),
      hide: () => (visible = false),
      setProgressBar: (part: number) => progress.push(part),
      focus: () => undefined,
      isVisible: () => visible,
      isFocused,
      isMinimized: () => false,
      isDestroyed: () => destroyed,
      getNormalBounds: () => ({ x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 }),
      destroy,
    },
    emitter,
  );
  return {
    ...opened,
    window,
    options,
    progress,
    isDestroyed: () => destroyed,
    holdPage: () => (asksToStay = true),
    askClose: () => {
      let held = false;
      emitter.emit('close', { preventDefault: () => (held = true) });
      if (held) return;
      let unloads = !asksToStay;
      if (asksToStay) opened.contents.emit('will-prevent-unload', { preventDefault: () => (unloads = true) });
      if (unloads) destroy();
    },
  };
}
