import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, type Session } from 'electron';
import { APP_PAGE } from './app-origin.ts';
import type { KeptSettings } from '../settings/kept-settings.ts';
import { describeError, writeLog } from '../log.ts';

const RELOADS_A_MINUTE = 3;

export interface WindowOptions {
  session: Session;
  preload: string;
  icons: string;
  size: KeptSettings['window'];
  /** It is shown when somebody asks for it. */
  hidden: boolean;
}

/** Makes the one window, shut off from Node and from everything but the page. */
export function makeWindow({ session, preload, icons, size, hidden }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: size?.width ?? 1280,
    height: size?.height ?? 820,
    minWidth: 360,
    minHeight: 400,
    title: 'Valija',
    icon: join(icons, 'app.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15191a' : '#ffffff',
    show: false,
    webPreferences: {
      session,
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: !app.isPackaged,
    },
  });
  if (!hidden) window.once('ready-to-show', () => window.show());
  reloadAfterCrash(window);
  return window;
}

/** Loads the page; what keeps it from loading is logged, the window stays. */
export function loadPage(window: BrowserWindow): void {
  window
    .loadURL(APP_PAGE)
    .catch((error: unknown) => writeLog('page-not-loaded', { error: describeError(error) }));
}

/** A page that died is loaded again, but not for ever. */
function reloadAfterCrash(window: BrowserWindow): void {
  let reloads: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    writeLog('page-gone', { reason });
    reloads = reloads.filter((at) => at > Date.now() - 60_000);
    if (reloads.length >= RELOADS_A_MINUTE) return;
    reloads.push(Date.now());
    loadPage(window);
  });
}
