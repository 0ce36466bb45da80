import { makeStep } from '../../server-kit/database/make-step.ts';

/** What the vault keeps of its own keys, of the processes that hold them, and of accounts that need their user. */
export const vaultTables = [
  makeStep(
    '150-root-secret',
    'CREATE TABLE root_secret (id INTEGER NOT NULL PRIMARY KEY, sealed LONGBLOB NOT NULL)',
  ),
  makeStep(
    '151-key-rotation',
    `CREATE TABLE key_rotation (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      from_key VARCHAR(16) NOT NULL,
      to_key VARCHAR(16) NOT NULL,
      state VARCHAR(16) NOT NULL,
      place LONGTEXT,
      moved BIGINT NOT NULL,
      began_at BIGINT NOT NULL,
      ended_at BIGINT,
      worker VARCHAR(64),
      worker_until BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '152-profile-process',
    `CREATE TABLE profile_process (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      place VARCHAR(200) NOT NULL,
      public_key VARCHAR(100) NOT NULL,
      proof VARCHAR(64) NOT NULL,
      knows VARCHAR(200) NOT NULL,
      seals_with VARCHAR(16) NOT NULL,
      seals_since BIGINT NOT NULL,
      seen_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '153-personal-key',
    `CREATE TABLE personal_key (
      user VARCHAR(64) NOT NULL PRIMARY KEY,
      id VARCHAR(64) NOT NULL,
      salt VARCHAR(64) NOT NULL,
      wrapped LONGBLOB NOT NULL,
      made_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '154-personal-key-session',
    `CREATE TABLE personal_key_session (
      session VARCHAR(64) NOT NULL,
      tag VARCHAR(64) NOT NULL,
      user VARCHAR(64) NOT NULL,
      generation BIGINT NOT NULL,
      wrapped LONGBLOB NOT NULL,
      PRIMARY KEY (session, tag)
    )`,
  ),
  makeStep(
    '155-opened-key',
    `CREATE TABLE opened_key (
      session VARCHAR(64) NOT NULL,
      process VARCHAR(64) NOT NULL,
      user VARCHAR(64) NOT NULL,
      sealed LONGBLOB NOT NULL,
      expires_at BIGINT NOT NULL,
      PRIMARY KEY (session, process)
    )`,
  ),
  makeStep('156-opened-key-user', 'CREATE INDEX opened_key_user ON opened_key (user, process)'),
  makeStep('157-credential-personal', 'ALTER TABLE credential ADD COLUMN personal VARCHAR(64)'),
  makeStep(
    '158-credential-use-account',
    'CREATE INDEX credential_use_account ON credential_use (account, at)',
  ),
  makeStep('159-credential-user', 'CREATE INDEX credential_user ON credential (user)'),
  makeStep('159-key-rotation-lock', "INSERT INTO counter (name, value) VALUES ('key-rotation', 0)"),
  makeStep(
    '200-personal-key-passkey',
    `CREATE TABLE personal_key_passkey (
      passkey VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      wrapped LONGBLOB NOT NULL,
      made_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '201-personal-key-passkey-user',
    'CREATE INDEX personal_key_passkey_user ON personal_key_passkey (user)',
  ),
];
