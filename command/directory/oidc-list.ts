import type { OidcProvider } from '../../common/shapes/directory.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `directory oidc list`: where people may sign in instead of here; never a secret. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { providers } = await ask(profile.directory.listOidc.query());
  const words = call.words();
  const rows = providers.map(({ id, name, issuer, clientId, hasSecret, makesUsers }) => [
    id,
    name,
    issuer,
    clientId,
    hasSecret ? words.withSecret : '',
    makesUsers ? words.makesUsers : words.knownUsersOnly,
  ]);
  const text = rows.length === 0 ? words.oidcNone : formatTable(rows);
  return { value: { providers: providers.map(viewProvider) }, text };
}

/** Its keys in the order of docs/json.md. */
export function viewProvider(provider: OidcProvider): OidcProvider {
  return {
    id: provider.id,
    name: provider.name,
    issuer: provider.issuer,
    clientId: provider.clientId,
    hasSecret: provider.hasSecret,
    secretBy: provider.secretBy,
    scopes: provider.scopes,
    claims: provider.claims,
    demand: provider.demand,
    makesUsers: provider.makesUsers,
    provesFactor: provider.provesFactor,
    logout: provider.logout,
  };
}
