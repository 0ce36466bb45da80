import { readSecretFile } from '../account/account-secrets.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError, readChoice } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { viewProvider } from './oidc-list.ts';
import { readFields } from './person-fields.ts';

/** `directory oidc set PROVIDER --issuer URL --client-id C`: people may sign in there from now on. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const id = typed.words[0] ?? '';
  const file = typed.text('client-secret-file');
  const secretBy = typed.text('secret-by');
  const input = {
    id,
    name: typed.text('name') ?? id,
    issuer: typed.text('issuer') ?? '',
    clientId: typed.text('client-id') ?? '',
    ...(file === undefined ? {} : { clientSecret: readSecretFile(file) }),
    ...(secretBy === undefined ? {} : { secretBy: readChoice('--secret-by', secretBy, ['header', 'form']) }),
    ...(typed.has('scope') ? { scopes: typed.texts('scope') } : {}),
    claims: readFields(typed, 'claim'),
    demand: readDemand(typed.text('demand')),
    makesUsers: typed.has('make-users'),
    provesFactor: typed.has('second-factor-there'),
    logout: typed.has('sign-out-there'),
  };
  const { profile, own } = await call.connect();
  const provider = await ask(profile.directory.setOidc.mutate(input));
  const redirect = new URL('/session/oidc/callback', own.url).href;
  const text = fill(call.words().oidcSet, { provider: provider.name, redirect });
  return { value: viewProvider(provider), text };
}

/** `hd=uni.example`. */
function readDemand(text: string | undefined): { claim: string; value: string } | null {
  if (text === undefined) return null;
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) {
    throw makeUsageError('bad-value', { option: '--demand', value: text, allowed: 'CLAIM=VALUE' });
  }
  return { claim: text.slice(0, at), value: text.slice(at + 1) };
}
