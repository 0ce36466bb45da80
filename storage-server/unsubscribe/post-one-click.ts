import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';

const WITHIN = 20 * SECOND;
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_REDIRECTS = 3;

/**
 * The request of RFC 8058 3.2: a form with one field, without cookies, referrer or anything else that tells who asks.
 * MailErrors of the guarded fetch, and `protocol` reason `unsubscribe` for an answer that is none of success.
 */
export async function postOneClick(guard: EgressGuard, address: string): Promise<void> {
  let target = new URL(address);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const { status, headers } = await fetchGuarded(guard, target.href, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Mozilla/5.0 (compatible; Valija)',
      },
      body: 'List-Unsubscribe=One-Click',
      timeoutMs: WITHIN,
      maxBytes: MOST_BYTES,
    });
    // It was taken, and the page about it is elsewhere (RFC 9110 15.4.3, 15.4.4).
    if ((status >= 200 && status < 300) || status === 302 || status === 303) return;
    const next = [301, 307, 308].includes(status)
      ? URL.parse(headers.get('location') ?? '', target.href)
      : null;
    if (next?.protocol !== 'https:') throw refuse(target.hostname, status);
    target = next;
  }
  throw refuse(target.hostname, 310);
}

function refuse(host: string, status: number): MailError {
  return new MailError('protocol', `${host} answers with ${status}`, {
    reason: 'unsubscribe',
    params: { host, status },
  });
}
