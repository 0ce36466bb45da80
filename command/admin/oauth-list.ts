import type { OAuthClient } from '../../common/shapes/oauth.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `oauth list`: the providers that can be signed in at, and with which client; never a secret. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { clients } = await ask(profile.oauth.clients.query());
  const words = call.words();
  const rows = clients.map(({ provider, name, flows, clientId, hasSecret }) => [
    provider,
    name,
    flows.join(', '),
    clientId ?? words.noClient,
    hasSecret ? words.withSecret : '',
  ]);
  return { value: { providers: clients.map(viewClient) }, text: formatTable(rows) };
}

/** OAUTH of the contract, its keys in order. */
export function viewClient(client: OAuthClient): OAuthClient {
  return {
    provider: client.provider,
    name: client.name,
    builtIn: client.builtIn,
    clientId: client.clientId,
    hasSecret: client.hasSecret,
    flows: client.flows,
    authorizeUrl: client.authorizeUrl,
    tokenUrl: client.tokenUrl,
    deviceUrl: client.deviceUrl,
    issuer: client.issuer,
    scopes: client.scopes,
    sasl: client.sasl,
    hosts: client.hosts,
  };
}
