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
];
