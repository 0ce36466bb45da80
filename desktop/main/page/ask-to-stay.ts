import type { BrowserWindow, MessageBoxSyncOptions } from 'electron';
import type { ShellTexts } from '../text/texts.ts';

/**
 * A page that holds what no server has asks to stay; Electron by itself would keep it open without a word. `ask` shows a
 * message box over the window and answers with the place of the button. Who stays ends a quit too: Electron sees to that.
 */
export function askToStay(
  window: Pick<BrowserWindow, 'webContents' | 'show'>,
  texts: ShellTexts,
  ask: (options: MessageBoxSyncOptions) => number,
): void {
  window.webContents.on('will-prevent-unload', (event) => {
    // It may be hidden, and what is asked is about it.
    window.show();
    const answer = ask({
      type: 'warning',
      title: 'Valija',
      message: texts.unsaved,
      detail: texts.unsavedLost,
      buttons: [texts.stay, texts.closeAnyway],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (answer === 1) event.preventDefault();
  });
}
