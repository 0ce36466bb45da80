import { MailError } from '../../../common/errors.ts';
import type { LdapDirectory } from '../../../common/shapes/directory.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import type { LdapInput } from '../directory-shapes.ts';
import { makeLdapFacts, type LdapFacts } from './ldap-rule.ts';
import { findLdapRecord, removeLdapRecord, saveLdapRecord, type LdapRecord } from './ldap-store.ts';

const AAD = ['ldap_directory', 'ldap'];

/** Null where none is set. */
export async function readLdap(reader: Reader): Promise<LdapDirectory | null> {
  const record = await findLdapRecord(reader);
  return record === undefined ? null : viewLdap(record);
}

/** The directory and the password of its search in clear. */
export async function openLdap(
  server: ProfileContext,
): Promise<{ facts: LdapFacts; bindPassword: string | null } | null> {
  const record = await findLdapRecord(server.db.read);
  if (record === undefined) return null;
  const sealed = record.sealed_password;
  const bindPassword = sealed === null ? null : server.masterKey.unseal(sealed, AAD).toString();
  return { facts: readFacts(record), bindPassword };
}

/** MailError `invalid` names the field. */
export async function setLdap(
  server: ProfileContext,
  admin: string,
  input: LdapInput,
): Promise<LdapDirectory> {
  const facts = makeLdapFacts(input);
  const record = await server.db.write(async (tx) => {
    const at = server.clock.now();
    const before = await findLdapRecord(tx);
    const sealed_password = chooseSecret(server, input.bindPassword, facts, before);
    const kept = { sealed_password, facts: JSON.stringify(facts), changed_at: at };
    await saveLdapRecord(tx, kept);
    const detail = { servers: facts.servers.join(' '), makesUsers: String(facts.makesUsers) };
    await appendAudit(tx, { at, actor: admin, action: 'directory.set-ldap', subject: 'ldap', detail });
    return kept;
  });
  return viewLdap(record);
}

/** Its users stay, but nobody comes in by it. MailError `not-found`. */
export async function removeLdap(server: ProfileContext, admin: string): Promise<{ removed: string }> {
  await server.db.write(async (tx) => {
    if (!(await removeLdapRecord(tx))) {
      throw new MailError('not-found', 'no directory is set', { reason: 'ldap' });
    }
    const at = server.clock.now();
    await appendAudit(tx, { at, actor: admin, action: 'directory.remove-ldap', subject: 'ldap', detail: {} });
  });
  return { removed: 'ldap' };
}

/** A password that was not typed again stays, but is shown to no other servers than it was set for. */
function chooseSecret(
  server: ProfileContext,
  given: string | null | undefined,
  facts: LdapFacts,
  before: LdapRecord | undefined,
): Buffer | null {
  if (given === null) return null;
  if (given !== undefined) return server.masterKey.seal(Buffer.from(given), AAD);
  if (before === undefined) return null;
  const known = readFacts(before);
  const same = facts.servers.every((one) => known.servers.includes(one)) && facts.bindDn === known.bindDn;
  return same ? before.sealed_password : null;
}

function viewLdap(record: LdapRecord): LdapDirectory {
  return { ...readFacts(record), hasPassword: record.sealed_password !== null };
}

function readFacts(record: LdapRecord): LdapFacts {
  return JSON.parse(record.facts) as LdapFacts;
}
