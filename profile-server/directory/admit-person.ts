import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { findGroupByName } from '../group/group-store.ts';
import { tellUnsettled } from '../layer/tell-unsettled.ts';
import { unsettleUser } from '../layer/unsettled-store.ts';
import { chooseHome } from '../part/choose-part.ts';
import { writeDefaultProfile } from '../profile/default-profile.ts';
import { checkUserName, foldUserName } from '../user/user-name.ts';
import { makeFindKey } from '../user/find-key.ts';
import { addUser, findUser, setUserFields, type UserRecord } from '../user/user-store.ts';
import { makeDataKey } from '../vault/keep-secret.ts';
import { addIdentity, findIdentity, nameIdentity, takeFacts, touchIdentity } from './identity-store.ts';
import type { Person } from './oidc/claims-rule.ts';

/** A person whom a service outside has proven. */
export interface ProvenPerson extends Person {
  source: 'oidc' | 'ldap';
  /** Id of the provider, or `ldap`. */
  provider: string;
  /** Its name for people. */
  providerName: string;
  issuer: string;
  subject: string;
}

/**
 * The user that a proven person is here, made at the first time where that is allowed. By issuer and subject alone: a
 * name or an address that is the same proves nothing. MailError `sign-in-failed` (no user; disabled), `name-taken` or
 * `invalid` for a name that cannot be a user's.
 */
export async function admitPerson(
  server: ProfileContext,
  person: ProvenPerson,
  makesUsers: boolean,
): Promise<UserRecord> {
  const admitted = await server.db.write(async (tx) => {
    const key = nameIdentity(person.issuer, person.subject);
    const at = server.clock.now();
    const known = await findIdentity(tx, key);
    if (known === undefined && !makesUsers) throw refusePerson('directory-no-user', person);
    const id = known?.user ?? (await makeUser(server, tx, person, key));
    const user = await findUser(tx, id);
    if (user === undefined || user.disabled === 1 || user.removed_at !== null) {
      throw refusePerson('directory-shut-out', person);
    }
    await touchIdentity(tx, key, { label: labelOf(person), at });
    if (user.source !== person.source || user.external_id !== key) return user;
    const group = await chooseGroup(tx, person.groups);
    await takeFacts(tx, id, { displayName: person.displayName, email: person.email, group });
    const current = (await findUser(tx, id)) ?? user;
    if (isAsBefore(user, current)) return current;
    const find_key = makeFindKey(current.name, current.display_name);
    await setUserFields(tx, id, { find_key });
    // Another group gives and demands something else, and what layers give may name the person.
    await unsettleUser(tx, id);
    return { ...current, find_key };
  });
  tellUnsettled(server);
  return admitted;
}

function isAsBefore(before: UserRecord, after: UserRecord): boolean {
  const facts = ['group_id', 'display_name', 'second_address'] as const;
  return facts.every((name) => before[name] === after[name]);
}

/** What a user sees of whom he has linked; of a directory the name that it is asked for. */
export function labelOf({ source, email, name }: ProvenPerson): string | null {
  return source === 'ldap' ? name : (email ?? name);
}

async function makeUser(
  server: ProfileContext,
  tx: Writer,
  person: ProvenPerson,
  key: string,
): Promise<string> {
  const at = server.clock.now();
  const id = makeId('user', server.random);
  const { name, key: nameKey } = checkUserName(person.name ?? '');
  const added = await addUser(tx, {
    id,
    name,
    name_key: nameKey,
    password: '',
    admin: 0,
    disabled: 0,
    home: await chooseHome(server, tx, at),
    revision: 0,
    data_key: makeDataKey(server, id),
    created_at: at,
    source: person.source,
    external_id: key,
  });
  if (!added) {
    throw new MailError('name-taken', 'the name is taken', {
      reason: 'directory-name-taken',
      params: { name, provider: person.providerName },
    });
  }
  const language = person.language ?? 'en';
  await writeDefaultProfile(tx, { user: id, language, session: 'system', at, random: server.random });
  await addIdentity(tx, {
    identity_key: key,
    id: makeId('identity', server.random),
    user: id,
    provider: person.provider,
    issuer: person.issuer,
    subject: person.subject,
    label: labelOf(person),
    created_at: at,
    last_used: at,
  });
  const detail = { provider: person.provider, name };
  await appendAudit(tx, { at, actor: 'system', action: 'directory.make-user', subject: id, detail });
  return id;
}

/** The first of these names that is a group here: a user is in one at most. */
async function chooseGroup(tx: Writer, names: readonly string[] | null): Promise<string | null> {
  for (const name of names ?? []) {
    const group = await findGroupByName(tx, foldUserName(name));
    if (group !== undefined) return group.id;
  }
  return null;
}

function refusePerson(reason: string, person: ProvenPerson): MailError {
  const params = { provider: person.providerName, name: labelOf(person) ?? person.subject };
  return new MailError('sign-in-failed', reason, { reason, params });
}
