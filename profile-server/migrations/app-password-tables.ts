import { makeStep } from '../../server-kit/database/make-step.ts';

/** Passwords with which other programs of a user sign in. */
export const appPasswordTables = [
  makeStep(
    '090-app-password',
    `CREATE TABLE app_password (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      name VARCHAR(200) NOT NULL,
      scopes VARCHAR(100) NOT NULL,
      hash VARCHAR(64) NOT NULL UNIQUE,
      created_at BIGINT NOT NULL,
      last_used BIGINT,
      last_address VARCHAR(64)
    )`,
  ),
  makeStep('091-app-password-user', 'CREATE INDEX app_password_user ON app_password (user, created_at)'),
];
