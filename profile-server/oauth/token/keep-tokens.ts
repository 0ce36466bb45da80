import { MailError } from '../../../common/errors.ts';
import { SECOND } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { removeCredential } from '../../vault/credential-store.ts';
import { keepSecret, openSecret } from '../../vault/keep-secret.ts';
import type { SignInProvider } from '../provider/providers.ts';
import { lockToken, removeToken, saveToken } from './token-store.ts';

type Tools = Pick<ProfileContext, 'masterKey' | 'random' | 'clock' | 'vault'>;

export interface KeptTokens {
  provider: Pick<SignInProvider, 'id' | 'tokenUrl'>;
  accessToken: string;
  refreshToken: string;
  /** Seconds that the access token lives. */
  expiresIn: number;
}

/** Keeps both tokens, sealed, as those of an account or of a sign-in that has none yet; what was before is gone. */
export async function keepTokens(
  tools: Tools,
  tx: Writer,
  place: { user: string; holder: string },
  tokens: KeptTokens,
): Promise<void> {
  const { user, holder } = place;
  await lockToken(tx, holder);
  const now = tools.clock.now();
  await keepSecret(tools, tx, { user, account: holder, kind: 'oauth' }, tokens.refreshToken);
  await keepSecret(tools, tx, { user, account: holder, kind: 'oauth-access' }, tokens.accessToken);
  await saveToken(tx, {
    holder,
    user,
    provider: tokens.provider.id,
    generation: makeGeneration(tools),
    refused: 0,
    issued_at: now,
    expires_at: now + Math.round(tokens.expiresIn * SECOND),
    fails: 0,
    retry_at: 0,
    refresher: null,
    refresh_until: 0,
    token_host: new URL(tokens.provider.tokenUrl).host,
  });
}

/**
 * The tokens of a finished sign-in become an account's. False when there are none, or the provider has ended them;
 * MailError `unavailable` while they are being refreshed.
 */
export async function moveTokens(
  tools: Tools,
  tx: Writer,
  user: string,
  way: { from: string; to: string },
): Promise<boolean> {
  const token = await lockToken(tx, way.from);
  if (token === undefined || token.user !== user || token.refused === 1) return false;
  // Its new refresh token would be kept where nobody looks any more.
  if (token.refresher !== null && token.refresh_until > tools.clock.now()) {
    throw new MailError('unavailable', 'the tokens are being refreshed', {
      reason: 'oauth-unavailable',
      retryAfter: 1,
    });
  }
  const open = async (kind: 'oauth' | 'oauth-access'): Promise<string | null> =>
    await openSecret(tools, tx, { user, account: way.from, kind }, 'within');
  const refreshToken = await open('oauth');
  const accessToken = await open('oauth-access');
  if (refreshToken === null || accessToken === null) return false;
  await lockToken(tx, way.to);
  const generation = makeGeneration(tools);
  await keepSecret(tools, tx, { user, account: way.to, kind: 'oauth' }, refreshToken);
  await keepSecret(tools, tx, { user, account: way.to, kind: 'oauth-access' }, accessToken);
  await saveToken(tx, { ...token, holder: way.to, generation, refresher: null, refresh_until: 0 });
  await removeTokens(tx, way.from);
  return true;
}

/** Never one of before, also where the tokens of before were removed: by a count a late refresh would take the new ones for its own. */
function makeGeneration(tools: Pick<Tools, 'random'>): number {
  return Buffer.from(tools.random(6)).readUIntBE(0, 6);
}

export async function removeTokens(tx: Writer, holder: string): Promise<void> {
  await removeToken(tx, holder);
  await removeCredential(tx, holder, 'oauth');
  await removeCredential(tx, holder, 'oauth-access');
}
