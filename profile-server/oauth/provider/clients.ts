import { MailError } from '../../../common/errors.ts';
import { PROVIDERS } from '../../../common/providers/providers.ts';
import type { OAuthClient } from '../../../common/shapes/oauth.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { removeClientRecord, saveClient } from './client-store.ts';
import type { ClientInput } from '../oauth-shapes.ts';
import { mergeFacts, readOwnFacts } from './provider-rule.ts';
import { findBuiltIn, listKnown, type KnownProvider } from './providers.ts';

/** For admins: every provider with what is set for it, never a secret. */
export async function listClients(server: ProfileContext): Promise<OAuthClient[]> {
  return (await listKnown(server.db.read)).map(viewClient);
}

/** Sets the client that Valija is at a provider, or adds a provider of one's own. MailError `invalid` names the field. */
export async function setClient(
  server: ProfileContext,
  admin: string,
  input: ClientInput,
): Promise<OAuthClient> {
  const { provider, clientId, clientSecret } = input;
  const builtIn = findBuiltIn(provider);
  if (builtIn === null && PROVIDERS.some(({ id }) => id === provider)) {
    throw new MailError('conflict', 'a built-in provider has this id', {
      reason: 'oauth-id-taken',
      field: 'provider',
    });
  }
  const own = readOwnFacts(input);
  const facts = mergeFacts(builtIn, own);
  const sealed =
    clientSecret === null
      ? null
      : server.masterKey.seal(Buffer.from(clientSecret), ['oauth_client', provider]);
  const record = await server.db.write(async (tx) => {
    const at = server.clock.now();
    const kept = {
      provider,
      client_id: clientId,
      sealed_secret: sealed,
      facts: JSON.stringify(own),
      changed_at: at,
    };
    await saveClient(tx, kept);
    const detail = {
      clientId,
      tokenHost: new URL(facts.tokenUrl).host,
      hosts: facts.hosts.join(' '),
      secret: clientSecret === null ? 'none' : 'set',
    };
    await appendAudit(tx, { at, actor: admin, action: 'oauth.set-client', subject: provider, detail });
    return kept;
  });
  return viewClient({ id: provider, facts, builtIn: builtIn !== null, record });
}

/** Nobody can sign in there any more, and accounts that did are no longer refreshed. MailError `not-found`. */
export async function removeClient(
  server: ProfileContext,
  admin: string,
  provider: string,
): Promise<{ removed: string }> {
  await server.db.write(async (tx) => {
    if (!(await removeClientRecord(tx, provider))) {
      throw new MailError('not-found', `no client for ${provider}`, {
        reason: 'oauth-provider',
        params: { provider },
      });
    }
    const at = server.clock.now();
    await appendAudit(tx, { at, actor: admin, action: 'oauth.remove-client', subject: provider, detail: {} });
  });
  return { removed: provider };
}

function viewClient({ id, facts, builtIn, record }: KnownProvider): OAuthClient {
  const { name, authorizeUrl, tokenUrl, deviceUrl, issuer, sasl } = facts;
  return {
    provider: id,
    name,
    builtIn,
    clientId: record?.client_id ?? null,
    hasSecret: (record?.sealed_secret ?? null) !== null,
    flows: [...facts.flows],
    authorizeUrl,
    tokenUrl,
    deviceUrl,
    issuer,
    scopes: [...facts.scopes],
    sasl,
    hosts: [...facts.hosts],
  };
}
