import { join } from 'node:path';
import { app, type BrowserWindow, clipboard, Menu, nativeImage, session as sessions, Tray } from 'electron';
import { CHANNELS } from '../native-api/channels.ts';
import type { NativeOrder } from '../native-api/native-api.ts';
import { Announcer } from './announcer.ts';
import { clearTraces } from './clear-session.ts';
import { ClipboardWatch } from './clipboard-watch.ts';
import { listContextMenu } from './context-menu.ts';
import { readLink } from './deep-link.ts';
import { guardContents, openOutside } from './guard-contents.ts';
import { guardSession } from './guard-session.ts';
import { answerPage } from './ipc.ts';
import { LabLeave } from './lab-leave.ts';
import { describeError, writeLog } from './log.ts';
import { listMenu, listTrayMenu } from './menu.ts';
import { readPage } from './navigation.ts';
import { OrderQueue } from './orders.ts';
import { askPartAddresses } from './part-addresses.ts';
import type { PreparedShell } from './prepare-shell.ts';
import { readArguments } from './arguments.ts';
import { Servers } from './servers.ts';
import { pickTexts, type ShellTexts } from './texts.ts';
import { loadPage, makeWindow } from './window.ts';

const CLIENT = import.meta.dirname;
const ICONS = join(CLIENT, 'icons');
/** How long until a profile-server that did not answer is asked again for the others, in milliseconds. */
const ASK_AGAIN = 15_000;

/** Opens the client: everything after the preparations, until the end of the program. */
export function openShell(prepared: PreparedShell): void {
  let window: BrowserWindow | null = null;
  const show = (): void => {
    if (window === null) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const orders = new OrderQueue((order) => window?.webContents.send(CHANNELS.order, order));
  const give = (order: NativeOrder): void => {
    if (order.kind !== 'sign-out') show();
    orders.give(order);
  };
  const takeLinks = (links: readonly string[]): void => {
    for (const order of links.map(readLink)) if (order !== null) give(order);
  };

  app.on('second-instance', (_event, argv) => {
    show();
    takeLinks(readArguments(argv).links);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    takeLinks([url]);
  });
  app.on('activate', show);
  app.on('window-all-closed', () => app.quit());
  takeLinks(prepared.links);
  app
    .whenReady()
    .then(() => open())
    .catch((error: unknown) => {
      writeLog('not-opened', { error: describeError(error) });
      app.exit(1);
    });

  const open = async (): Promise<void> => {
    const { settings, kept, tokens, lab } = prepared;
    const languages = app.getPreferredSystemLanguages();
    const texts = pickTexts(settings.language, languages);
    // In lab mode nothing of the session is meant for the disk; what goes there all the same is in the lab folder.
    const session =
      lab === null
        ? sessions.fromPartition('persist:valija')
        : sessions.fromPartition('lab', { cache: false });
    const servers = new Servers(settings, kept, (server) => askPartAddresses(session, server));
    const listServers = (): string[] => servers.list();
    guardSession(session, { client: CLIENT, listServers, dictionaries: settings.dictionaries, languages });
    app.on('web-contents-created', (_event, contents) =>
      guardContents(contents, { listServers, order: give }),
    );
    const announcer = new Announcer({
      texts,
      icons: ICONS,
      lab: lab !== null,
      window: () => window,
      open: (mail) => (mail === null ? show() : give({ kind: 'open', mail })),
    });
    const watch = lab === null ? null : new ClipboardWatch();
    const leave = new LabLeave(lab, orders, () => {
      orders.forget();
      return clearTraces({ session, tokens, announcer, clipboard: watch });
    });
    answerPage({
      contents: () => window?.webContents ?? null,
      servers,
      tokens,
      lab: lab !== null,
      room: settings.room,
      pc: settings.pc,
      listen: (isListening) => orders.listen(isListening),
      announce: (state) => announcer.announce(state),
      clear: () => leave.clear(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(listMenu(texts, process.platform, give)));
    if (app.isPackaged && lab === null) app.setAsDefaultProtocolClient('valija', process.execPath, ['--']);

    await prepareServers(servers, () => window);
    const opened = makeWindow({
      session,
      preload: join(CLIENT, 'preload.cjs'),
      icons: ICONS,
      size: kept.now.window,
    });
    window = opened;
    const { webContents } = opened;
    webContents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) orders.listen(false);
    });
    webContents.on('render-process-gone', () => orders.listen(false));
    offerContextMenu(opened, texts);
    if (watch !== null) watchClipboard(opened, watch);
    opened.on('close', () => {
      const { width, height } = opened.getNormalBounds();
      kept.change({ window: { width, height } });
    });
    leave.guard(opened);
    opened.on('closed', () => (window = null));
    announcer.tray = makeTray(texts, show, give);
    loadPage(opened);
  };
}

/** Waits for the other servers' addresses where none are known; else, and when nobody answers, the page begins without. */
async function prepareServers(servers: Servers, window: () => BrowserWindow | null): Promise<void> {
  const refresh = async (): Promise<void> => {
    const { known, changed } = await servers.refresh();
    // The page's policy is that of its load.
    if (changed && window() !== null) loadPage(window()!);
    if (!known) setTimeout(() => void refresh(), ASK_AGAIN).unref();
  };
  const asked = refresh();
  if (!servers.isComplete) await asked;
}

function makeTray(texts: ShellTexts, show: () => void, give: (order: NativeOrder) => void): Tray {
  const file = process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
  const tray = new Tray(nativeImage.createFromPath(join(ICONS, file)));
  tray.setToolTip(texts.unread(0));
  tray.setContextMenu(Menu.buildFromTemplate(listTrayMenu(texts, show, give)));
  tray.on('click', show);
  return tray;
}

function offerContextMenu(window: BrowserWindow, texts: ShellTexts): void {
  const { webContents } = window;
  webContents.on('context-menu', (_event, params) => {
    const items = listContextMenu(
      {
        isEditable: params.isEditable,
        selectionText: params.selectionText,
        link: readPage(params.linkURL),
        misspelledWord: params.misspelledWord,
        suggestions: params.dictionarySuggestions,
        canCut: params.editFlags.canCut,
        canCopy: params.editFlags.canCopy,
        canPaste: params.editFlags.canPaste,
      },
      texts,
      {
        replaceWord: (word) => webContents.replaceMisspelling(word),
        openLink: openOutside,
        copyText: (text) => void clipboard.writeText(text),
      },
    );
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}

function watchClipboard(window: BrowserWindow, watch: ClipboardWatch): void {
  const tell = (work: Promise<void>): void => {
    work.catch((error: unknown) => writeLog('clipboard-not-read', { error: describeError(error) }));
  };
  window.on('focus', () => tell(watch.onFocus()));
  window.on('blur', () => tell(watch.onBlur()));
}
