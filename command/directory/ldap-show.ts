import type { LdapDirectory } from '../../common/shapes/directory.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

/** `directory ldap show`: the directory whose passwords are good here; never a password. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { directory } = await ask(profile.directory.readLdap.query());
  const words = call.words();
  if (directory === null) return { value: { directory: null }, text: words.ldapNone };
  const { servers, search, userDn, bindDn, makesUsers } = directory;
  const rows = [
    [servers.join(', '), search === null ? (userDn ?? '') : `${search.base} ${search.filter}`],
    [bindDn ?? '', makesUsers ? words.makesUsers : words.knownUsersOnly],
  ];
  return { value: { directory: viewLdap(directory) }, text: formatTable(rows) };
}

/** Its keys in the order of docs/json.md. */
export function viewLdap(directory: LdapDirectory): LdapDirectory {
  return {
    servers: directory.servers,
    startTls: directory.startTls,
    allowsPlain: directory.allowsPlain,
    bindDn: directory.bindDn,
    hasPassword: directory.hasPassword,
    search: directory.search,
    userDn: directory.userDn,
    idAttribute: directory.idAttribute,
    attributes: directory.attributes,
    makesUsers: directory.makesUsers,
  };
}
