import { ID_PATTERN } from '../../../common/ids.ts';
import type { MailtoOrder } from '../../native-api/native-api.ts';
import { APP_PAGE, FRAME_PAGE } from './app-origin.ts';
import { parseMailto } from '../order/mailto.ts';

const LONGEST = 8192;

export type LinkDecision =
  | { act: 'refuse' }
  /** The page itself, loaded again, or the empty frame for mail HTML. */
  | { act: 'allow' }
  /** A page outside, for the system's browser. */
  | { act: 'browse'; url: string }
  /** mailto: is ours; handing it to the system could open another program. */
  | { act: 'compose'; mail: MailtoOrder }
  /** A signed address of one of the servers: a file to be kept, never a page to be shown. */
  | { act: 'download'; url: string };

/** Where a page or frame wants to go by itself. `servers`: origins that answer this client. */
export function decideNavigation(
  url: string,
  isMainFrame: boolean,
  servers: readonly string[],
): LinkDecision {
  if (!isMainFrame) return url === FRAME_PAGE || url === 'about:blank' ? { act: 'allow' } : { act: 'refuse' };
  if (url === APP_PAGE || url.startsWith(`${APP_PAGE}#`)) return { act: 'allow' };
  if (isDownload(url, servers)) return { act: 'download', url };
  const mail = parseMailto(url);
  return mail === null ? { act: 'refuse' } : { act: 'compose', mail };
}

/** What becomes of a window that the page wants to open: never a window of ours. */
export function decideWindow(url: string, servers: readonly string[]): LinkDecision {
  if (isDownload(url, servers)) return { act: 'download', url };
  const mail = parseMailto(url);
  if (mail !== null) return { act: 'compose', mail };
  const page = readPage(url);
  return page === null ? { act: 'refuse' } : { act: 'browse', url: page };
}

/** An http(s) address as it may be handed to the system's browser; null for all else. Names with a password pretend to be another host. */
export function readPage(text: string): string | null {
  if (text.length > LONGEST || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.username === '' && url.password === '' && url.hostname !== '' ? url.href : null;
}

/** Whether it is a mail or a part of one on a server of ours. */
export function isDownload(text: string, servers: readonly string[]): boolean {
  if (text.length > LONGEST || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (!servers.includes(url.origin) || url.username !== '' || url.password !== '') return false;
  const [, mail, id = '', kind, part = '', ...more] = url.pathname.split('/');
  if (mail !== 'mail' || !ID_PATTERN.test(id) || more.length > 0) return false;
  return (kind === 'raw' && part === '') || (kind === 'part' && /^\d{1,4}(?:\.\d{1,4}){0,50}$/.test(part));
}
