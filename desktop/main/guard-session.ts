import type { Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from './app-origin.ts';
import { writeLog } from './log.ts';
import { isDownload } from './navigation.ts';
import { serveApp } from './serve-app.ts';

export interface SessionGuard {
  /** The folder of the built client. */
  client: string;
  listServers: () => readonly string[];
  /** Where the organisation keeps dictionaries; null: only the system's spell checker. */
  dictionaries: string | null;
  languages: readonly string[];
}

/** Permissions, spell check, downloads and our own scheme for one session. */
export function guardSession(session: Session, guard: SessionGuard): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(isAllowed(permission, details.requestingUrl, details.isMainFrame)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isAllowed(permission, origin, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  setSpellChecker(session, guard);
  session.on('will-download', (event, item) => {
    const urls = item.getURLChain();
    const isOurs = urls.every(
      (url) => isDownload(url, guard.listServers()) || url.startsWith(`blob:${APP_ORIGIN}/`),
    );
    if (isOurs && urls.length > 0) return;
    event.preventDefault();
    writeLog('download-refused');
  });
  session.protocol.handle(APP_SCHEME, serveApp(guard.client, guard.listServers));
}

/**
 * Of all permissions a page gets these, and only the page itself: writing what the person copies; and reaching servers
 * on this machine or in the organisation's network, which Chromium asks about since Electron 43 and would refuse
 * otherwise. To which servers is the page's policy (connect-src).
 */
const ALLOWED = new Set([
  'clipboard-sanitized-write',
  'local-network-access',
  'local-network',
  'loopback-network',
]);

function isAllowed(permission: string, asking: string, isMainFrame: boolean): boolean {
  if (!ALLOWED.has(permission) || !isMainFrame || !URL.canParse(asking)) return false;
  const { protocol, host } = new URL(asking);
  return `${protocol}//${host}` === APP_ORIGIN;
}

/** macOS brings its own; elsewhere dictionaries would come from Google, so without the organisation's own there is none. */
function setSpellChecker(session: Session, { dictionaries, languages }: SessionGuard): void {
  if (process.platform === 'darwin') return;
  if (dictionaries === null) {
    session.setSpellCheckerLanguages([]);
    session.setSpellCheckerEnabled(false);
    return;
  }
  session.setSpellCheckerDictionaryDownloadURL(dictionaries);
  session.setSpellCheckerLanguages(
    session.availableSpellCheckerLanguages.filter((language) => languages.includes(language)),
  );
}
