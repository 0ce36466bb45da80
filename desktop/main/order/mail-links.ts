import { app, shell } from 'electron';
import { describeError, writeLog } from '../log.ts';

/** Behind `--` a link can never pass for an option. */
const AS_LINK = ['--'];

/** Whether the system gives mailto: links to this program. */
export function opensMailLinks(): boolean {
  return app.isDefaultProtocolClient('mailto', process.execPath, AS_LINK);
}

/**
 * Asks the system for mailto: links, or gives them back. Windows lets only the person decide, in its own settings, where the
 * installer has made the program known.
 */
export function openMailLinks(isWanted: boolean): void {
  if (process.platform === 'win32') {
    shell
      .openExternal('ms-settings:defaultapps')
      .catch((error: unknown) => writeLog('settings-not-opened', { error: describeError(error) }));
    return;
  }
  if (isWanted) app.setAsDefaultProtocolClient('mailto', process.execPath, AS_LINK);
  else app.removeAsDefaultProtocolClient('mailto', process.execPath, AS_LINK);
}
