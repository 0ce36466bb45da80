import { readSecretFile } from '../account/account-secrets.ts';
import type { Call, Outcome, Typed } from '../call.ts';
import { readChoice } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { viewClient } from './oauth-list.ts';

/** `oauth set PROVIDER --client-id C`: for a built-in provider that is enough; of an own one all facts are needed. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const file = typed.text('client-secret-file');
  const input = {
    provider: typed.words[0] ?? '',
    clientId: typed.text('client-id') ?? '',
    clientSecret: file === undefined ? null : readSecretFile(file),
    ...readFacts(typed),
  };
  const { profile } = await call.connect();
  const client = await ask(profile.oauth.setClient.mutate(input));
  const text = fill(call.words().clientSet, { provider: client.name });
  return { value: viewClient(client), text };
}

function readFacts(typed: Typed) {
  const text = <K extends string>(key: K, option: string): { [P in K]?: string } => {
    const value = typed.text(option);
    return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
  };
  const texts = <K extends string>(key: K, option: string): { [P in K]?: string[] } =>
    typed.has(option) ? ({ [key]: typed.texts(option) } as { [P in K]: string[] }) : {};
  const sasl = typed.text('sasl');
  const flows = typed.texts('flow').map((flow) => readChoice('--flow', flow, ['code', 'device']));
  return {
    ...text('name', 'name'),
    ...text('authorizeUrl', 'authorize-url'),
    ...text('tokenUrl', 'token-url'),
    ...text('deviceUrl', 'device-url'),
    ...text('issuer', 'issuer'),
    ...texts('scopes', 'scope'),
    ...texts('hosts', 'host'),
    ...(sasl === undefined ? {} : { sasl: readChoice('--sasl', sasl, ['xoauth2', 'oauthbearer']) }),
    ...(flows.length === 0 ? {} : { flows }),
  };
}
