import { ResultCodeError, type Client, type Entry } from 'ldapts';
import { MailError } from '../../../common/errors.ts';
import { readPerson, type Person } from '../oidc/claims-rule.ts';
import { escapeDnValue, escapeFilterValue, fillTemplate } from './ldap-escape.ts';
import { judgeBind, type LdapFacts } from './ldap-rule.ts';

/** A person of the directory whose password was right. */
export interface DirectoryPerson extends Person {
  /** Value of the attribute that never changes. */
  subject: string;
}

/** Seconds that the directory may search. */
const SEARCH_LIMIT = 5;

/**
 * Proves name and password by a bind as the person (RFC 4513 5.1.3): null when there is no such one, or the password is
 * wrong. `password` is never empty: a directory takes that for an anonymous bind and says yes. Throws what the library
 * throws when the directory cannot answer.
 */
export async function provePerson(
  client: Client,
  facts: LdapFacts,
  bindPassword: string | null,
  given: { name: string; password: string },
): Promise<DirectoryPerson | null> {
  const { search, userDn } = facts;
  if (search === null) {
    const dn = fillTemplate(userDn ?? '', given.name, escapeDnValue);
    if (!(await bindAs(client, dn, given.password))) return null;
    const { searchEntries } = await client.search(dn, { scope: 'base', ...describeSearch(facts) });
    return readEntry(searchEntries, facts);
  }
  await bindForSearch(client, facts.bindDn, bindPassword);
  const filter = fillTemplate(search.filter, given.name, escapeFilterValue);
  const { searchEntries } = await client.search(search.base, {
    scope: 'sub',
    filter,
    ...describeSearch(facts),
  });
  const person = readEntry(searchEntries, facts);
  // Somebody who is not there takes as many questions as somebody who is.
  const dn = searchEntries[0]?.dn ?? `cn=nobody,${search.base}`;
  return (await bindAs(client, dn, given.password)) ? person : null;
}

async function bindForSearch(client: Client, dn: string | null, password: string | null): Promise<void> {
  if (dn === null) return;
  try {
    await client.bind(dn, password ?? '');
  } catch (error) {
    if (!(error instanceof ResultCodeError) || judgeBind(error.code) === 'silent') throw error;
    throw new MailError('unavailable', 'the directory does not take our own name', {
      reason: 'ldap-bind',
      cause: error,
    });
  }
}

async function bindAs(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && judgeBind(error.code) === 'wrong') return false;
    throw error;
  }
}

/** Referrals to other servers are not followed: they would get the password. */
function describeSearch({ attributes, idAttribute }: LdapFacts) {
  const { name, displayName, email, group } = attributes;
  const wanted = [name, displayName, email, group, 'preferredLanguage'].filter((field) => field !== null);
  return {
    attributes: [...new Set([...wanted, idAttribute])],
    explicitBufferAttributes: [idAttribute],
    // Two are as good as too many.
    sizeLimit: 2,
    timeLimit: SEARCH_LIMIT,
    derefAliases: 'never' as const,
  };
}

/** The one entry that was found; null for none. MailError `unavailable` when a name means several, or none can be known again. */
function readEntry(entries: readonly Entry[], facts: LdapFacts): DirectoryPerson | null {
  const [entry] = entries;
  if (entry === undefined) return null;
  if (entries.length > 1) throw new MailError('unavailable', 'two of one name', { reason: 'ldap-two' });
  const find = (attribute: string): unknown =>
    Object.entries(entry).find(([key]) => key.toLowerCase() === attribute.toLowerCase())?.[1];
  const subject = readId(find(facts.idAttribute));
  if (subject === '') {
    const params = { attribute: facts.idAttribute };
    throw new MailError('unavailable', 'no id', { reason: 'ldap-no-id', params });
  }
  const { attributes } = facts;
  const fields = [attributes.name, attributes.displayName, attributes.email, 'preferredLanguage'];
  const claims: Record<string, unknown> = Object.fromEntries(
    fields.filter((field) => field !== null).map((field) => [field, firstOf(find(field))]),
  );
  if (attributes.group !== null) claims[attributes.group] = readGroups(find(attributes.group));
  return { ...readPerson(claims, attributes), subject };
}

/** Text, or the bytes of such as objectGUID in hexadecimal. */
function readId(value: unknown): string {
  const first: unknown = firstOf(value);
  const bytes = Buffer.isBuffer(first) ? first : Buffer.from(typeof first === 'string' ? first : '');
  const text = bytes.toString();
  return /^[\u0020-\u007e]*$/.test(text) ? text : bytes.toString('hex');
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}

/** Of `memberOf` the first part of the group's own name, else the value. */
function readGroups(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => typeof one === 'string')
    .map((one) => /^(?:cn|ou)=((?:\\.|[^,+\\])+)/i.exec(one)?.[1]?.replace(/\\(.)/g, '$1') ?? one);
}
