/** Where rows stand that the master key seals. */
export interface SealedKind {
  table: string;
  /** Its primary key. */
  key: readonly string[];
  /** The sealed column; null in a row means nothing is sealed there. */
  column: string;
  /** Columns whose values follow the kind's name in the AAD. */
  aad: readonly string[];
}

/** All that is sealed by the master key, by the first word of its AAD. `seal` refuses what does not stand here. */
export const SEALED_KINDS = {
  root: { table: 'root_secret', key: ['id'], column: 'sealed', aad: ['id'] },
  signing_key: { table: 'signing_key', key: ['kid'], column: 'sealed', aad: ['kid'] },
  dkim: {
    table: 'dkim_key',
    key: ['domain', 'selector'],
    column: 'private_key',
    aad: ['domain', 'selector'],
  },
  oauth_client: { table: 'oauth_client', key: ['provider'], column: 'sealed_secret', aad: ['provider'] },
  oauth_begin: { table: 'oauth_begin', key: ['id'], column: 'sealed', aad: ['id', 'user'] },
  oidc_provider: { table: 'oidc_provider', key: ['id'], column: 'sealed_secret', aad: ['id'] },
  ldap_directory: { table: 'ldap_directory', key: ['id'], column: 'sealed_password', aad: ['id'] },
  alert_target: { table: 'alert_target', key: ['id'], column: 'sealed', aad: ['id'] },
  user_key: { table: 'user', key: ['id'], column: 'data_key', aad: ['id'] },
} as const satisfies Record<string, SealedKind>;

/** What is sealed into clients' hands for some minutes and stands in no row. */
const LENT_KINDS = ['oidc_pending', 'oidc_link'];

/** What rows hold that stands under their user's data key, beside credentials; `key` begins with the user. */
export const DATA_KEY_KINDS = {
  totp: { table: 'totp', key: ['user'], column: 'sealed', aad: ['user', 'id'] },
} as const satisfies Record<string, SealedKind>;

export function maySeal(kind: string | undefined): boolean {
  return kind !== undefined && (Object.hasOwn(SEALED_KINDS, kind) || LENT_KINDS.includes(kind));
}
