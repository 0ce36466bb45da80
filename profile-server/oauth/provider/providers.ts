import { MailError } from '../../../common/errors.ts';
import { PROVIDERS } from '../../../common/providers/providers.ts';
import type { OAuthChoice } from '../../../common/shapes/oauth.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { findClient, listClientRecords, type ClientRecord } from './client-store.ts';
import { judgeTokenPlace, mergeFacts, readBuiltIn, type ProviderFacts } from './provider-rule.ts';

/** A provider with the client that an admin registered there. */
export interface SignInProvider extends ProviderFacts {
  id: string;
  clientId: string;
  /** Null for a public client. */
  clientSecret: string | null;
}

/** MailError `not-found` for a provider that nobody knows, `not-yet` while no admin has set a client. */
export async function demandProvider(
  server: ProfileContext,
  reader: Reader,
  id: string,
): Promise<SignInProvider> {
  const record = await findClient(reader, id);
  const builtIn = findBuiltIn(id);
  if (record === undefined) {
    if (builtIn === null) {
      throw new MailError('not-found', `no provider ${id}`, {
        reason: 'oauth-provider',
        params: { provider: id },
      });
    }
    throw new MailError('not-yet', `no client is set for ${id}`, {
      reason: 'oauth-no-client',
      params: { provider: builtIn.name },
    });
  }
  const secret =
    record.sealed_secret === null
      ? null
      : server.masterKey.unseal(record.sealed_secret, ['oauth_client', id]).toString();
  return { ...readFacts(record), id, clientId: record.client_id, clientSecret: secret };
}

/**
 * Before each use of a token, whoever has changed the account's settings since it was given: an admin's layer may name
 * another host. MailErrors `host-not-allowed` (`oauth-host`, `oauth-needs-tls`), and `unavailable` (`oauth-client`) where
 * nobody knows the provider any more.
 */
export async function demandTokenPlace(
  reader: Reader,
  id: string,
  place: { host: string; tls: string },
): Promise<void> {
  const record = await findClient(reader, id);
  const facts = record === undefined ? findBuiltIn(id) : readFacts(record);
  if (facts === null) throw new MailError('unavailable', `no provider ${id}`, { reason: 'oauth-client' });
  const reason = judgeTokenPlace(place, facts);
  if (reason === null) return;
  const params = { host: place.host, provider: facts.name };
  throw new MailError('host-not-allowed', 'no token for this place', { reason, params });
}

/** All that a user may sign in with, and those that wait for the admin's client. */
export async function listChoices(server: ProfileContext): Promise<OAuthChoice[]> {
  const all = await listKnown(server.db.read);
  return all.map(({ id, facts, record }) => ({
    id,
    name: facts.name,
    flows: [...facts.flows],
    ready: record !== null,
    hosts: [...facts.hosts],
    sasl: facts.sasl,
  }));
}

export interface KnownProvider {
  id: string;
  facts: ProviderFacts;
  builtIn: boolean;
  record: ClientRecord | null;
}

/** The built-in ones in the order of their table, then the admins' own. */
export async function listKnown(reader: Reader): Promise<KnownProvider[]> {
  const records = await listClientRecords(reader);
  const builtIn = PROVIDERS.flatMap((provider) => {
    const facts = readBuiltIn(provider);
    if (facts === null) return [];
    const record = records.find((candidate) => candidate.provider === provider.id) ?? null;
    return [{ id: provider.id, facts: record === null ? facts : readFacts(record), builtIn: true, record }];
  });
  const own = records
    .filter((record) => !builtIn.some(({ id }) => id === record.provider))
    .map((record) => ({ id: record.provider, facts: readFacts(record), builtIn: false, record }));
  return [...builtIn, ...own];
}

export function findBuiltIn(id: string): ProviderFacts | null {
  const provider = PROVIDERS.find((candidate) => candidate.id === id);
  return provider === undefined ? null : readBuiltIn(provider);
}

function readFacts(record: ClientRecord): ProviderFacts {
  return mergeFacts(findBuiltIn(record.provider), JSON.parse(record.facts) as Partial<ProviderFacts>);
}
