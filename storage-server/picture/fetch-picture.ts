import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';
import { readAddress } from './list-pictures.ts';
import { sniffType } from './sniff-type.ts';

/** Of one picture, with all its redirects. */
const WITHIN = 10 * SECOND;
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_REDIRECTS = 5;

const HEADERS = {
  accept: 'image/webp,image/png,image/jpeg,image/gif',
  'accept-encoding': 'identity',
  // Some servers answer nobody without a name; it tells nothing of the reader or his mail program.
  'user-agent': 'Mozilla/5.0 (compatible; ValijaImageProxy)',
};

/**
 * The bytes of a picture: without cookies or referrer, each redirect held against the guard anew. MailErrors of the guarded
 * fetch; `protocol` for a status that is none of success, `invalid` reason `picture` for what is no picture of pixels.
 */
export async function fetchPicture(
  guard: EgressGuard,
  address: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const end = Date.now() + WITHIN;
  let target = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const left = end - Date.now();
    if (left <= 0) throw new MailError('timeout', 'the picture does not come in time');
    const response = await fetchGuarded(guard, target, {
      method: 'GET',
      headers: HEADERS,
      timeoutMs: left,
      maxBytes: MOST_BYTES,
      signal,
    });
    const next = readRedirect(response, target);
    if (next === null) return await readPicture(response, target);
    target = next;
  }
  throw new MailError('protocol', 'too many redirects', { reason: 'redirects' });
}

function readRedirect(response: Response, from: string): string | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = URL.parse(response.headers.get('location') ?? '', from)?.href;
  const next = location === undefined ? null : readAddress(location);
  if (next === null) throw new MailError('protocol', 'the redirect leads nowhere', { reason: 'redirects' });
  return next;
}

async function readPicture(response: Response, address: string): Promise<Buffer> {
  const { host } = new URL(address);
  if (!response.ok) {
    const { status } = response;
    throw new MailError('protocol', `${host} answers with ${status}`, { params: { host, status } });
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  if (sniffType(bytes) === null) throw new MailError('invalid', 'not a picture', { reason: 'picture' });
  return bytes;
}
