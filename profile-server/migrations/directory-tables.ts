import { makeStep } from '../../server-kit/database/make-step.ts';

/** Ways in that are not ours: providers of OpenID Connect, one LDAP directory, and who came through them. */
export const directoryTables = [
  makeStep(
    '130-oidc-provider',
    `CREATE TABLE oidc_provider (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      issuer VARCHAR(500) NOT NULL,
      client_id VARCHAR(500) NOT NULL,
      sealed_secret LONGBLOB,
      facts LONGTEXT NOT NULL,
      changed_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '131-outer-identity',
    `CREATE TABLE outer_identity (
      identity_key VARCHAR(64) NOT NULL PRIMARY KEY,
      id VARCHAR(64) NOT NULL UNIQUE,
      user VARCHAR(64) NOT NULL,
      provider VARCHAR(64) NOT NULL,
      issuer VARCHAR(500) NOT NULL,
      subject VARCHAR(500) NOT NULL,
      label VARCHAR(320),
      created_at BIGINT NOT NULL,
      last_used BIGINT
    )`,
  ),
  makeStep('132-outer-identity-user', 'CREATE INDEX outer_identity_user ON outer_identity (user)'),
  makeStep(
    '133-oidc-ticket',
    `CREATE TABLE oidc_ticket (
      ticket_hash VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      factor_proven INTEGER NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('134-oidc-ticket-expiry', 'CREATE INDEX oidc_ticket_expiry ON oidc_ticket (expires_at)'),
  makeStep(
    '135-ldap-directory',
    `CREATE TABLE ldap_directory (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      sealed_password LONGBLOB,
      facts LONGTEXT NOT NULL,
      changed_at BIGINT NOT NULL
    )`,
  ),
];
