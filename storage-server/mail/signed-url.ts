import { createHmac, timingSafeEqual } from 'node:crypto';
import { MailError } from '../../common/errors.ts';
import { MINUTE, SECOND, type Clock, type Millis } from '../../common/time.ts';

/** To begin within this; a begun download may resume longer. */
const BEGIN_WITHIN = 60 * SECOND;
const RESUME_WITHIN = 10 * MINUTE;

export interface SignedFor {
  user: string;
  session: string;
}

/** Makes and checks addresses that a browser may open without a bearer token: one path, one user, one session. */
export interface UrlSigner {
  /** `target` is path and query below the server's own address; to be opened within a minute unless said otherwise. */
  sign(target: URL, caller: SignedFor, within?: Millis): URL;
  /** Null when the address carries no signature; MailError `forbidden` reason `link-expired` or `link-forged`. */
  check(url: URL, resumes: boolean): SignedFor | null;
}

export function makeUrlSigner(key: Uint8Array, clock: Clock): UrlSigner {
  const begun = new Map<string, number>();
  const compute = (url: URL): Buffer => {
    const { searchParams } = url;
    const names = ['account', 'address', 'user', 'session', 'expires'];
    const values = names.map((name) => searchParams.get(name) ?? '');
    return createHmac('sha256', key)
      .update(JSON.stringify([url.pathname, ...values]))
      .digest();
  };
  return {
    sign: (target, caller, within = BEGIN_WITHIN) => {
      const url = new URL(target);
      url.searchParams.set('user', caller.user);
      url.searchParams.set('session', caller.session);
      url.searchParams.set('expires', String(clock.now() + within));
      url.searchParams.set('signature', compute(url).toString('base64url'));
      return url;
    },
    check: (url, resumes) => {
      const signature = url.searchParams.get('signature');
      if (signature === null) return null;
      const given = Buffer.from(signature, 'base64url');
      const right = compute(url);
      if (given.length !== right.length || !timingSafeEqual(given, right)) {
        throw new MailError('forbidden', 'signature does not fit', { reason: 'link-forged' });
      }
      const now = clock.now();
      const begunAt = begun.get(signature);
      const inTime = now <= Number(url.searchParams.get('expires'));
      const resumable = resumes && begunAt !== undefined && now <= begunAt + RESUME_WITHIN;
      if (!inTime && !resumable) {
        throw new MailError('forbidden', 'the link has expired', { reason: 'link-expired' });
      }
      for (const [old, at] of begun) if (now > at + RESUME_WITHIN) begun.delete(old);
      begun.set(signature, begunAt ?? now);
      return {
        user: url.searchParams.get('user') ?? '',
        session: url.searchParams.get('session') ?? '',
      };
    },
  };
}
