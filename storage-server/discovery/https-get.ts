import { isIP } from 'node:net';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';

const MOST_REDIRECTS = 3;
/** Files of people are some kilobytes. */
const MOST_BYTES = 64 * 1024;
const TIMEOUT = 4 * SECOND;
const TYPES = /^(text\/(xml|plain)|application\/(xml|octet-stream|[\w.-]+\+xml))\b/i;

/**
 * The text at an https address; each hop goes through the egress guard by itself, nothing secret is sent, http is never
 * spoken. MailError `protocol` for another status or type, `too-large`, and those of connecting.
 */
export async function getText(address: URL, egress: EgressGuard, signal: AbortSignal): Promise<string> {
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    checkAddress(url);
    const answer = await fetchGuarded(egress, url.href, {
      method: 'GET',
      headers: { accept: 'text/xml, application/xml' },
      timeoutMs: TIMEOUT,
      maxBytes: MOST_BYTES,
      signal,
    });
    const next = readRedirect(answer, url);
    if (next === null) return await readBody(answer);
    url = next;
  }
  throw refuse('too many redirects');
}

function checkAddress(url: URL): void {
  const isName = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0;
  if (url.protocol !== 'https:' || !isName || url.username !== '' || url.password !== '')
    throw refuse('no https address of a name');
}

function readRedirect({ status, headers }: Response, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const next = URL.parse(headers.get('location') ?? '', from.href);
  if (next === null) throw refuse('a redirect to nowhere');
  return next;
}

async function readBody(answer: Response): Promise<string> {
  const type = answer.headers.get('content-type');
  if (answer.status !== 200) throw refuse(`status ${answer.status}`);
  if (type !== null && !TYPES.test(type)) throw refuse(`type ${type}`);
  return await answer.text();
}

function refuse(detail: string): MailError {
  return new MailError('protocol', `not usable: ${detail}`, { reason: 'autoconfig' });
}
