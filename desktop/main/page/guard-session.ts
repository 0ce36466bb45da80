import type { Session } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from './app-origin.ts';
import { serveApp } from './serve-app.ts';

export interface SessionGuard {
  /** The folder of the built client. */
  client: string;
  listServers: () => readonly string[];
}

/** Permissions and our own scheme for one session. */
export function guardSession(session: Session, guard: SessionGuard): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(isAllowed(permission, details.requestingUrl, details.isMainFrame)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    isAllowed(permission, origin, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
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
