import { MailError } from '../../common/errors.ts';
import type { OuterIdentities } from '../../common/shapes/directory.ts';
import { formatTime } from '../../common/time.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { proveOwnPassword } from '../session/sign-in/prove-user.ts';
import { findUser } from '../user/user-store.ts';
import { listIdentities, removeIdentity } from './identity-store.ts';
import { makeLinkToken } from './oidc/link-token.ts';
import { demandProvider, listProviders } from './oidc/provider/providers.ts';

export async function listLinks(server: ProfileContext, user: string): Promise<OuterIdentities> {
  const { read } = server.db;
  const names = new Map((await listProviders(read)).map(({ id, name }) => [id, name]));
  const links = (await listIdentities(read, user)).map((identity) => ({
    id: identity.id,
    provider: identity.provider,
    name: names.get(identity.provider) ?? identity.provider,
    label: identity.label,
    linkedAt: formatTime(identity.created_at),
    lastUsed: identity.last_used === null ? null : formatTime(identity.last_used),
  }));
  return { source: (await findUser(read, user))?.source ?? 'local', links };
}

/**
 * The page at which a signed-in user takes his person at a provider as a way in. Another way in weakens: it asks the
 * password, where there is one. MailError `not-found`, or as of `proveOwnPassword`.
 */
export async function beginLink(
  server: ProfileContext,
  caller: { user: string; session: string },
  { provider, password }: { provider: string; password?: string | undefined },
): Promise<{ url: string }> {
  await demandProvider(server, provider);
  const user = await findUser(server.db.read, caller.user);
  if (user?.source === 'local') await proveOwnPassword(server, caller.user, password ?? '');
  const { user: id, session } = caller;
  const url = new URL(`/session/oidc/${provider}/begin`, server.settings.publicUrl);
  url.searchParams.set('link', makeLinkToken(server, { user: id, session, provider }));
  return { url: url.href };
}

/** False when there is none. MailError `forbidden` for the only way in that a user has. */
export async function removeLink(server: ProfileContext, user: string, id: string): Promise<boolean> {
  return await server.db.write(async (tx) => {
    const links = await listIdentities(tx, user);
    const link = links.find((one) => one.id === id);
    if (link === undefined) return false;
    const record = await findUser(tx, user);
    if (record?.external_id === link.identity_key) {
      throw new MailError('forbidden', 'the user was made by it', { reason: 'directory-own-source' });
    }
    const at = server.clock.now();
    await appendAudit(tx, {
      at,
      actor: user,
      action: 'directory.unlink',
      subject: user,
      detail: { provider: link.provider },
    });
    return await removeIdentity(tx, user, id);
  });
}
