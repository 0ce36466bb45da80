import { MINUTE } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';

interface Link {
  user: string;
  session: string;
  provider: string;
  expiresAt: number;
}

const AAD = ['oidc_link'];

/** Carries from the signed-in client to the browser who wants to be linked; for five minutes. */
export function makeLinkToken(server: ProfileContext, link: Omit<Link, 'expiresAt'>): string {
  const whole: Link = { ...link, expiresAt: server.clock.now() + 5 * MINUTE };
  return server.masterKey.seal(Buffer.from(JSON.stringify(whole)), AAD).toString('base64url');
}

/** Null for one that is over, changed, or for another provider. */
export function readLinkToken(server: ProfileContext, token: string, provider: string): Link | null {
  try {
    const plain = server.masterKey.unseal(Buffer.from(token, 'base64url'), AAD).toString();
    const link = JSON.parse(plain) as Link;
    return link.provider === provider && link.expiresAt > server.clock.now() ? link : null;
  } catch {
    return null;
  }
}
