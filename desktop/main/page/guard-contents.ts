import { shell, type WebContents } from 'electron';
import type { NativeOrder } from '../../native-api/native-api.ts';
import { describeError, writeLog } from '../log.ts';
import { decideNavigation, decideWindow, type LinkDecision } from './navigation.ts';

export interface ContentsGuard {
  listServers(): readonly string[];
  order(order: NativeOrder): void;
}

/** Keeps a page where it is: no navigation, no frames but the mail frame, no windows, no webviews, no redirects. */
export function guardContents(contents: WebContents, guard: ContentsGuard): void {
  contents.on('will-frame-navigate', (details) => {
    const decision = decideNavigation(details.url, details.isMainFrame, guard.listServers());
    if (decision.act === 'allow') return;
    details.preventDefault();
    follow(contents, decision, guard);
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    follow(contents, decideWindow(url, guard.listServers()), guard);
    return { action: 'deny' };
  });
}

function follow(contents: WebContents, decision: LinkDecision, guard: ContentsGuard): void {
  switch (decision.act) {
    case 'browse':
      openOutside(decision.url);
      break;
    case 'compose':
      guard.order({ kind: 'compose', mail: decision.mail });
      break;
    case 'download':
      contents.downloadURL(decision.url);
      break;
    case 'refuse':
      writeLog('navigation-refused');
      break;
    case 'allow':
      break;
  }
}

/** Hands a checked http(s) address to the system's browser. */
export function openOutside(url: string): void {
  shell
    .openExternal(url)
    .catch((error: unknown) => writeLog('browser-not-opened', { error: describeError(error) }));
}
