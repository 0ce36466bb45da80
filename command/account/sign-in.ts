import type { Account } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { viewAccount } from './account-view.ts';
import { findAccount } from './find-account.ts';
import { findChoice, signInAtProvider, useToken } from './provider-sign-in.ts';

/** `account sign-in ID`: signs in at the account's provider (again); an account with a password changes to that way. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { account, revision } = await findAccount(connection, call.typed.words[0] ?? '');
  const id = call.typed.text('provider') ?? account.oauth;
  const choice = await findChoice(connection, { id, host: account.pop3.host });
  const again = account.oauth === choice.id;
  const what = { provider: choice.id, account: again ? account.id : null, email: account.email };
  const oauthGrant = await signInAtProvider(call, connection, what);
  const signedIn = again
    ? await ask(connection.profile.account.get.query({ id: account.id }))
    : await change(connection, account, { revision, oauthGrant, sasl: choice.sasl });
  const text = fill(call.words().accountSignedIn, { email: signedIn.email, provider: choice.name });
  return { value: viewAccount(signedIn, call.language()), text };
}

async function change(
  { profile }: Connection,
  account: Account,
  to: { revision: number; oauthGrant: string; sasl: 'xoauth2' | 'oauthbearer' },
): Promise<Account> {
  const { id, email, name, pop3, send, keep, interval, adaptive, paused, signedInOnly } = account;
  const before = { email, name, pop3, send, keep, interval, adaptive, paused, signedInOnly };
  const settings = useToken(before, to.sasl);
  const secrets = { oauthGrant: to.oauthGrant };
  return await ask(profile.account.edit.mutate({ id, base: to.revision, settings, secrets }));
}
