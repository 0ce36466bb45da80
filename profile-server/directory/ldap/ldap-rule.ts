import { MailError } from '../../../common/errors.ts';
import type { LdapDirectory, PersonFields } from '../../../common/shapes/directory.ts';
import { isLoopbackHost } from '../../../server-kit/http/loopback.ts';
import type { LdapInput } from '../directory-shapes.ts';

export type LdapFacts = Omit<LdapDirectory, 'hasPassword'>;

/** Attributes of inetOrgPerson (RFC 2798). */
const USUAL_ATTRIBUTES: PersonFields = { name: 'uid', displayName: 'cn', email: 'mail', group: null };
/** RFC 4530. */
const USUAL_ID = 'entryUUID';

export interface LdapServer {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
}

export function readLdapServer(text: string): LdapServer {
  const url = new URL(text);
  const secure = url.protocol === 'ldaps:';
  const port = url.port === '' ? (secure ? 636 : 389) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, secure };
}

/** The admin's words made whole by the usual ones. MailError `invalid` names the field. */
export function makeLdapFacts(input: LdapInput): LdapFacts {
  const facts: LdapFacts = {
    servers: input.servers,
    startTls: input.startTls ?? false,
    allowsPlain: input.allowsPlain ?? false,
    bindDn: input.bindDn ?? null,
    search: input.search ?? null,
    userDn: input.userDn ?? null,
    idAttribute: input.idAttribute ?? USUAL_ID,
    attributes: { ...USUAL_ATTRIBUTES, ...dropUnset(input.attributes ?? {}) },
    makesUsers: input.makesUsers ?? true,
  };
  if (facts.servers.some((server) => URL.parse(server) === null)) throw refuseField('servers', 'ldap-server');
  if ((facts.search === null) === (facts.userDn === null)) throw refuseField('search', 'ldap-one-way');
  const template = facts.search?.filter ?? facts.userDn ?? '';
  if (!template.includes('{name}')) {
    throw refuseField(facts.search === null ? 'userDn' : 'search.filter', 'ldap-template', {
      name: '{name}',
    });
  }
  if (!facts.startTls && !facts.allowsPlain) {
    const open = facts.servers
      .map(readLdapServer)
      .find(({ host, secure }) => !secure && !isLoopbackHost(host));
    if (open !== undefined) throw refuseField('servers', 'ldap-plain', { host: open.host });
  }
  return facts;
}

/** What the answer to a bind as the person means (RFC 4511 4.1.9, A.2). */
export function judgeBind(code: number): 'wrong' | 'silent' {
  // Nobody there, a password that is not right, an account that is locked or may not bind.
  const wrong = new Set([16, 19, 32, 34, 48, 49, 50, 53]);
  return wrong.has(code) ? 'wrong' : 'silent';
}

function dropUnset(values: NonNullable<LdapInput['attributes']>): Partial<PersonFields> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function refuseField(field: string, reason: string, params: Record<string, string> = {}): MailError {
  return new MailError('invalid', `${field} of the directory`, { reason, field, params });
}
