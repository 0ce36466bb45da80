import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';
import { addColumns } from './add-columns.ts';

/** Users as an organisation keeps them: in groups, prepared before they come, reset, and removed with time to think again. */
export const groupTables: Migration[] = [
  addColumns('110-user-organisation', 'user', [
    'group_id VARCHAR(64)',
    'display_name VARCHAR(200)',
    'second_address VARCHAR(320)',
    'second_address_proven INTEGER NOT NULL DEFAULT 0',
    'must_change INTEGER NOT NULL DEFAULT 0',
    'password_at BIGINT',
    "source VARCHAR(16) NOT NULL DEFAULT 'local'",
    'external_id VARCHAR(255)',
    'last_sign_in BIGINT',
    'invited INTEGER NOT NULL DEFAULT 0',
    'removed_at BIGINT',
    'purge_at BIGINT',
  ]),
  makeStep('111-user-group-of', 'CREATE INDEX user_group_of ON user (group_id, name_key)'),
  makeStep('112-user-external', 'CREATE UNIQUE INDEX user_external ON user (source, external_id)'),
  makeStep('113-user-purge', 'CREATE INDEX user_purge ON user (purge_at)'),
  makeStep(
    '114-user-group',
    `CREATE TABLE user_group (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      name VARCHAR(100) NOT NULL,
      name_key VARCHAR(255) NOT NULL UNIQUE,
      created_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '115-group-admin',
    `CREATE TABLE group_admin (
      group_id VARCHAR(64) NOT NULL,
      user VARCHAR(64) NOT NULL,
      PRIMARY KEY (group_id, user)
    )`,
  ),
  makeStep('116-group-admin-user', 'CREATE INDEX group_admin_user ON group_admin (user)'),
  // Name and display name as people type them when they look for somebody: small letters without accents.
  addColumns('117-user-find', 'user', ['find_key VARCHAR(600)']),
  makeStep('118-user-find-name', 'UPDATE user SET find_key = name_key'),
  addColumns('119a-invite-user', 'invite', ['user VARCHAR(64)']),
  makeStep('119b-invite-user', 'CREATE INDEX invite_user ON invite (user)'),
  // Passwords that came in a file, sealed, until they are hashed.
  makeStep(
    '119c-initial-password',
    `CREATE TABLE initial_password (
      user VARCHAR(64) NOT NULL PRIMARY KEY,
      sealed LONGBLOB NOT NULL,
      made_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '119d-reset-code',
    `CREATE TABLE reset_code (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      code_hash VARCHAR(64) NOT NULL,
      how VARCHAR(16) NOT NULL,
      state VARCHAR(16) NOT NULL,
      also_factors INTEGER NOT NULL,
      made_by VARCHAR(64) NOT NULL,
      approved_by VARCHAR(64),
      made_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('119e-reset-code-user', 'CREATE INDEX reset_code_user ON reset_code (user, made_at)'),
  makeStep('119f-reset-code-state', 'CREATE INDEX reset_code_state ON reset_code (state, made_at)'),
  // Users that are gone from here, until their home has thrown away what it keeps of them.
  makeStep(
    '119g-departure',
    `CREATE TABLE departure (
      user VARCHAR(64) NOT NULL PRIMARY KEY,
      home VARCHAR(64) NOT NULL,
      at BIGINT NOT NULL
    )`,
  ),
  makeStep('119h-departure-home', 'CREATE INDEX departure_home ON departure (home, at)'),
  makeStep(
    '119i-code-purpose',
    "ALTER TABLE sender_code ADD COLUMN purpose VARCHAR(16) NOT NULL DEFAULT 'sender'",
  ),
  makeStep('119j-user-state', 'CREATE INDEX user_state ON user (removed_at, disabled, invited, group_id)'),
  makeStep('119k-user-was-disabled', 'ALTER TABLE user ADD COLUMN was_disabled INTEGER NOT NULL DEFAULT 0'),
];
