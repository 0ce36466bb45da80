import { join } from 'node:path';
import { app, dialog, type BrowserWindow, type DownloadItem, type Session } from 'electron';
import { writeLog } from '../log.ts';
import type { ShellTexts } from '../text/texts.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { nameFile } from './file-name.ts';
import { isDownload } from './navigation.ts';

export interface DownloadPlace {
  texts: ShellTexts;
  listServers(): readonly string[];
  window(): BrowserWindow | null;
}

/** Files of the servers and of the page go where the person says, by the system's own dialog; all others are refused. */
export function guardDownloads(session: Session, place: DownloadPlace): void {
  const running = new Set<DownloadItem>();
  session.on('will-download', (event, item) => {
    const urls = item.getURLChain();
    const isOurs = urls.every(
      (url) => isDownload(url, place.listServers()) || url.startsWith(`blob:${APP_ORIGIN}/`),
    );
    if (!isOurs || urls.length === 0) {
      event.preventDefault();
      return writeLog('download-refused');
    }
    const name = nameFile(item.getFilename());
    item.setSaveDialogOptions({
      title: place.texts.saveAs,
      defaultPath: join(app.getPath('downloads'), name),
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    running.add(item);
    item.on('updated', () => showProgress(running, place.window()));
    item.once('done', (_event, state) => {
      running.delete(item);
      showProgress(running, place.window());
      if (state === 'interrupted') dialog.showErrorBox('Valija', place.texts.notSaved(name));
    });
  });
}

/** How far all of them together are, on the program's symbol. */
function showProgress(running: ReadonlySet<DownloadItem>, window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  const items = [...running];
  const total = items.reduce((sum, item) => sum + item.getTotalBytes(), 0);
  const received = items.reduce((sum, item) => sum + item.getReceivedBytes(), 0);
  // Above 1: some progress of unknown size; below 0: none.
  window.setProgressBar(items.length === 0 ? -1 : total > 0 ? received / total : 2);
}
