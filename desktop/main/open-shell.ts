import { join } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, session as sessions } from 'electron';
import { CHANNELS } from '../native-api/channels.ts';
import type { NativeOrder } from '../native-api/native-api.ts';
import { clearTraces } from './lab/clear-session.ts';
import { ClipboardWatch, watchClipboard } from './lab/clipboard-watch.ts';
import { LabLeave } from './lab/lab-leave.ts';
import { describeError, writeLog } from './log.ts';
import { makeChoices } from './menu/choices.ts';
import { listMenu } from './menu/menu.ts';
import { offerContextMenu } from './menu/offer-context-menu.ts';
import { makeTray } from './menu/tray.ts';
import { Announcer } from './notice/announcer.ts';
import { readLink } from './order/deep-link.ts';
import { OrderQueue } from './order/orders.ts';
import { askToStay } from './page/ask-to-stay.ts';
import { guardDownloads } from './page/downloads.ts';
import { guardContents } from './page/guard-contents.ts';
import { guardSession } from './page/guard-session.ts';
import { hideInsteadOfClosing } from './page/hide-window.ts';
import { answerPage } from './page/ipc.ts';
import { loadPage, makeWindow } from './page/window.ts';
import type { PreparedShell } from './prepare-shell.ts';
import { askPartAddresses } from './server/part-addresses.ts';
import { prepareServers } from './server/prepare-servers.ts';
import { Servers } from './server/servers.ts';
import { readArguments } from './settings/arguments.ts';
import { SpellCheck } from './spelling/spell-check.ts';
import { pickTexts } from './text/texts.ts';
import { chooseFeed, followUpdates } from './update/follow-updates.ts';

const CLIENT = import.meta.dirname;
const ICONS = join(CLIENT, 'icons');

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
    const isLab = lab !== null;
    const languages = app.getPreferredSystemLanguages();
    const texts = pickTexts(settings.language, languages);
    // In lab mode nothing of the session is meant for the disk; what goes there all the same is in the lab folder.
    const session = isLab
      ? sessions.fromPartition('lab', { cache: false })
      : sessions.fromPartition('persist:valija');
    const servers = new Servers(settings, kept, (server) => askPartAddresses(session, server));
    const listServers = (): string[] => servers.list();
    guardSession(session, { client: CLIENT, listServers });
    guardDownloads(session, { texts, listServers, window: () => window });
    app.on('web-contents-created', (_event, contents) =>
      guardContents(contents, { listServers, order: give }),
    );
    const spelling = new SpellCheck({
      session,
      kept,
      source: settings.dictionaries,
      brought: prepared.spelling,
      wanted: [...(settings.language === null ? [] : [settings.language]), ...languages],
      lab: isLab,
    });
    const announcer = new Announcer({
      texts,
      icons: ICONS,
      lab: isLab,
      window: () => window,
      open: (mail) => (mail === null ? show() : give({ kind: 'open', mail })),
    });
    const watch = isLab ? new ClipboardWatch() : null;
    const leave = new LabLeave(lab, orders, () => {
      orders.forget();
      return clearTraces({ session, tokens, announcer, clipboard: watch });
    });
    answerPage({
      contents: () => window?.webContents ?? null,
      servers,
      tokens,
      lab: isLab,
      room: settings.room,
      pc: settings.pc,
      listen: (isListening) => orders.listen(isListening),
      announce: (state) => announcer.announce(state),
      clear: () => leave.clear(),
    });
    const { isPackaged } = app;
    const facts = { isPackaged, lab: isLab, mayStay: settings.background, platform: process.platform };
    const choices = makeChoices(facts, kept);
    Menu.setApplicationMenu(Menu.buildFromTemplate(listMenu(texts, process.platform, give, choices)));
    if (isPackaged && !isLab) app.setAsDefaultProtocolClient('valija', process.execPath, ['--']);

    await prepareServers(servers, () => {
      if (window !== null) loadPage(window);
    });
    const opened = makeWindow({
      session,
      preload: join(CLIENT, 'preload.cjs'),
      icons: ICONS,
      size: kept.now.window,
      hidden: prepared.hidden,
    });
    window = opened;
    const { webContents } = opened;
    webContents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) orders.listen(false);
    });
    webContents.on('render-process-gone', () => orders.listen(false));
    offerContextMenu(opened, { texts, spelling, compose: (mail) => give({ kind: 'compose', mail }) });
    if (watch !== null) watchClipboard(opened, watch);
    opened.on('close', () => {
      const { width, height } = opened.getNormalBounds();
      kept.change({ window: { width, height } });
    });
    leave.guard(opened);
    askToStay(opened, texts, (options) => dialog.showMessageBoxSync(opened, options));
    if (choices.background !== null) hideInsteadOfClosing(opened, () => kept.now.background);
    opened.on('closed', () => (window = null));
    announcer.tray = makeTray({ texts, icons: ICONS, show, give });
    loadPage(opened);

    const feed = chooseFeed({ feed: settings.updates, isPackaged, lab: isLab });
    if (feed === null) return;
    const { autoUpdater } = await import('electron-updater');
    followUpdates(autoUpdater, feed, (version) => announcer.notify(texts.updateReady(version)));
  };
}
