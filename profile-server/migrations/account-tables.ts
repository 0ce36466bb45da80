import { makeStep } from '../../server-kit/database/make-step.ts';

/** Polling, leases and credentials of accounts; their settings are profile items. */
export const accountTables = [
  makeStep(
    '020-poll',
    `CREATE TABLE poll (
      account VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      home VARCHAR(64),
      maildrop VARCHAR(64) NOT NULL,
      host VARCHAR(253) NOT NULL,
      wait_seconds INTEGER NOT NULL,
      next_at BIGINT,
      last_poll BIGINT,
      last_success BIGINT,
      failing_since BIGINT,
      fails INTEGER NOT NULL,
      needs_sign_in INTEGER NOT NULL,
      error LONGTEXT
    )`,
  ),
  makeStep('021-poll-due', 'CREATE INDEX poll_due ON poll (home, next_at)'),
  makeStep('022-poll-user', 'CREATE INDEX poll_user ON poll (user)'),
  makeStep(
    '023-lease',
    `CREATE TABLE lease (
      maildrop VARCHAR(64) NOT NULL PRIMARY KEY,
      id VARCHAR(64) NOT NULL UNIQUE,
      account VARCHAR(64) NOT NULL,
      user VARCHAR(64) NOT NULL,
      part VARCHAR(64) NOT NULL,
      revision BIGINT NOT NULL,
      purpose VARCHAR(16) NOT NULL,
      due_before BIGINT,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('024-lease-account', 'CREATE INDEX lease_account ON lease (account)'),
  makeStep('025-lease-user', 'CREATE INDEX lease_user ON lease (user)'),
  makeStep(
    '026-credential',
    `CREATE TABLE credential (
      account VARCHAR(64) NOT NULL,
      kind VARCHAR(16) NOT NULL,
      user VARCHAR(64) NOT NULL,
      version BIGINT NOT NULL,
      sealed LONGBLOB NOT NULL,
      PRIMARY KEY (account, kind)
    )`,
  ),
  makeStep(
    '027-credential-use',
    `CREATE TABLE credential_use (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      at BIGINT NOT NULL,
      user VARCHAR(64) NOT NULL,
      account VARCHAR(64) NOT NULL,
      part VARCHAR(64) NOT NULL,
      purpose VARCHAR(16) NOT NULL,
      reference VARCHAR(64)
    )`,
  ),
  makeStep('028-credential-use-at', 'CREATE INDEX credential_use_at ON credential_use (at)'),
  makeStep(
    '029-credential-use-hour',
    `CREATE TABLE credential_use_hour (
      hour BIGINT NOT NULL,
      account VARCHAR(64) NOT NULL,
      part VARCHAR(64) NOT NULL,
      purpose VARCHAR(16) NOT NULL,
      uses BIGINT NOT NULL,
      PRIMARY KEY (hour, account, part, purpose)
    )`,
  ),
];
