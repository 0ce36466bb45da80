/** Names of the claims (OpenID Connect) or attributes (LDAP) that say who somebody is; null: not taken. */
export interface PersonFields {
  /** Becomes the user's name here, at the first sign-in only. */
  name: string;
  displayName: string | null;
  email: string | null;
  /** Its values are compared with the names of groups here; none is made by it. */
  group: string | null;
}

/** A provider of OpenID Connect that people sign in at, as admins set and see it: never the secret. */
export interface OidcProvider {
  id: string;
  /** On the button. */
  name: string;
  issuer: string;
  clientId: string;
  hasSecret: boolean;
  /** How the secret is shown: by header, or as a field of the form (RFC 6749 2.3.1). */
  secretBy: 'header' | 'form';
  scopes: string[];
  claims: PersonFields;
  /** Only people with this claim come in, `value` being it or one of its values; null: all of the provider's. */
  demand: { claim: string; value: string } | null;
  /** Whether somebody who comes for the first time becomes a user; else he has to be linked before. */
  makesUsers: boolean;
  /** The provider asks for a second factor itself: none of ours is asked then. */
  provesFactor: boolean;
  /** Whether leaving offers to sign out there too. */
  logout: boolean;
}

/** What the sign-in screen needs of a provider. */
export interface OidcChoice {
  id: string;
  name: string;
  logout: boolean;
}

/** How the users of an LDAP directory are found, as admins set and see it: never the password. */
export interface LdapDirectory {
  /** `ldap://host:port` or `ldaps://host:port`; the first that answers is asked. */
  servers: string[];
  /** With `ldap://`: TLS before anything is sent. */
  startTls: boolean;
  /** Passwords over a connection without TLS to another machine. */
  allowsPlain: boolean;
  /** Whose password the search needs; null: it is anonymous, or there is no search. */
  bindDn: string | null;
  hasPassword: boolean;
  /** Where and by which filter a person is found, `{name}` standing for the typed name. */
  search: { base: string; filter: string } | null;
  /** Instead of a search: the person's name there, such as `uid={name},ou=people,dc=uni,dc=example`. */
  userDn: string | null;
  /** Attribute that never changes, by which the person is known for ever. */
  idAttribute: string;
  attributes: PersonFields;
  makesUsers: boolean;
}

/** A way in from elsewhere that a user has linked, or was made by. */
export interface OuterIdentity {
  id: string;
  /** Id and name of the provider; its name is its id when it is no longer set here. */
  provider: string;
  name: string;
  /** As the provider calls the person, such as an address. */
  label: string | null;
  linkedAt: string;
  lastUsed: string | null;
}

/** Who vouches for a user, and all ways in from elsewhere. */
export interface OuterIdentities {
  /** `local`: a password of ours. */
  source: 'local' | 'oidc' | 'ldap';
  links: OuterIdentity[];
}

/** How a sign-in in the system's browser stands, which a program waits for. */
export interface OidcWait {
  state: 'pending' | 'done';
}
