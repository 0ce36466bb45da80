import { readSecretFile } from '../account/account-secrets.ts';
import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { viewLdap } from './ldap-show.ts';
import { readFields } from './person-fields.ts';

/** `directory ldap set --server URL…`: its passwords are good here from now on. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const file = typed.text('bind-password-file');
  const [base, filter] = [typed.text('base'), typed.text('filter')];
  const id = typed.text('id-attribute');
  const search =
    base === undefined && filter === undefined
      ? null
      : { base: base ?? '', filter: filter ?? '(uid={name})' };
  const input = {
    servers: typed.texts('server'),
    startTls: typed.has('start-tls'),
    allowsPlain: typed.has('allow-plain'),
    bindDn: typed.text('bind-dn') ?? null,
    ...(file === undefined ? {} : { bindPassword: readSecretFile(file) }),
    search,
    userDn: typed.text('user-dn') ?? null,
    ...(id === undefined ? {} : { idAttribute: id }),
    attributes: readFields(typed, 'attribute'),
    makesUsers: !typed.has('known-users-only'),
  };
  const { profile } = await call.connect();
  const directory = await ask(profile.directory.setLdap.mutate(input));
  return {
    value: viewLdap(directory),
    text: fill(call.words().ldapSet, { servers: input.servers.join(', ') }),
  };
}
