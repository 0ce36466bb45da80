import type { AppUpdater } from 'electron-updater';
import { describeError, writeLog } from '../log.ts';

/** How often the organisation's feed is asked, in milliseconds. */
const EVERY = 6 * 3_600_000;

export interface UpdateFacts {
  /** Where the organisation keeps new versions; null: it looks after them itself. */
  feed: string | null;
  isPackaged: boolean;
  lab: boolean;
}

/** The feed to follow; null: none. A computer of a lab is renewed by who looks after it, never by who sits there. */
export function chooseFeed({ feed, isPackaged, lab }: UpdateFacts): string | null {
  return isPackaged && !lab ? feed : null;
}

/**
 * Fetches new versions from the feed and has them installed when the program ends. `tell` is told of one that is ready.
 * What fails is logged and tried again later: an old version works.
 */
export function followUpdates(
  updater: AppUpdater,
  feed: string,
  tell: (version: string) => void,
): () => void {
  updater.logger = null;
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.on('error', (error) => writeLog('update-failed', { error: describeError(error) }));
  updater.on('update-downloaded', ({ version }) => tell(version));
  updater.setFeedURL({ provider: 'generic', url: feed });
  const check = (): void => {
    // What goes wrong here, or with the download that it begins, is told by 'error' too.
    updater
      .checkForUpdates()
      .then(async (found) => await found?.downloadPromise)
      .catch(() => undefined);
  };
  check();
  const timer = setInterval(check, EVERY);
  return () => clearInterval(timer);
}
