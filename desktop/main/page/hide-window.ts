import { app, type BrowserWindow } from 'electron';

/**
 * Where the person wants the program to go on for news, closing the window hides it, until the program itself ends. It comes
 * back by its symbol beside the clock, or by starting the program again.
 */
export function hideInsteadOfClosing(window: BrowserWindow, isWanted: () => boolean): void {
  let isEnding = false;
  app.on('before-quit', () => (isEnding = true));
  // Who stays to save something has not ended it after all.
  window.webContents.on('will-prevent-unload', () => (isEnding = false));
  window.on('close', (event) => {
    if (isEnding || !isWanted()) return;
    event.preventDefault();
    window.hide();
  });
}
