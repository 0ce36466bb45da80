import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What users prove themselves by beside a password, and what they are told of their own security. */
export const secondFactorTables: Migration[] = [
  makeStep(
    '120-spent-ticket',
    `CREATE TABLE spent_ticket (
      hash VARCHAR(64) NOT NULL PRIMARY KEY,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('121-spent-ticket-expiry', 'CREATE INDEX spent_ticket_expiry ON spent_ticket (expires_at)'),
  makeStep(
    '122-totp',
    `CREATE TABLE totp (
      user VARCHAR(64) NOT NULL PRIMARY KEY,
      id VARCHAR(64) NOT NULL,
      sealed LONGBLOB NOT NULL,
      last_step BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      last_used BIGINT
    )`,
  ),
  makeStep(
    '123-passkey',
    `CREATE TABLE passkey (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      credential_hash VARCHAR(64) NOT NULL UNIQUE,
      credential LONGTEXT NOT NULL,
      public_key LONGBLOB NOT NULL,
      counter BIGINT NOT NULL,
      transports VARCHAR(200) NOT NULL,
      name VARCHAR(200) NOT NULL,
      synced INTEGER NOT NULL,
      suspect INTEGER NOT NULL,
      created_at BIGINT NOT NULL,
      last_used BIGINT
    )`,
  ),
  makeStep('124-passkey-user', 'CREATE INDEX passkey_user ON passkey (user, created_at)'),
  makeStep(
    '125-recovery-code',
    `CREATE TABLE recovery_code (
      user VARCHAR(64) NOT NULL,
      hash VARCHAR(64) NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (user, hash)
    )`,
  ),
  makeStep(
    '126-security-note',
    `CREATE TABLE security_note (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      at BIGINT NOT NULL,
      what VARCHAR(40) NOT NULL,
      by_user VARCHAR(64),
      detail LONGTEXT NOT NULL
    )`,
  ),
  makeStep('127-security-note-user', 'CREATE INDEX security_note_user ON security_note (user, at)'),
  makeStep('128-security-note-age', 'CREATE INDEX security_note_age ON security_note (at)'),
  makeStep(
    '129-sign-in-place',
    `CREATE TABLE sign_in_place (
      user VARCHAR(64) NOT NULL,
      place VARCHAR(64) NOT NULL,
      first_at BIGINT NOT NULL,
      last_at BIGINT NOT NULL,
      PRIMARY KEY (user, place)
    )`,
  ),
];

/** Sessions opened at a provider that asked for a second factor itself. */
export const outerFactorTables: Migration[] = [
  makeStep(
    '210-session-outer-factor',
    'ALTER TABLE session ADD COLUMN outer_factor INTEGER NOT NULL DEFAULT 0',
  ),
];
