import { makeStep } from '../../server-kit/database/make-step.ts';

/** Users, their sessions and their profile. */
export const userTables = [
  makeStep(
    '001-counter',
    'CREATE TABLE counter (name VARCHAR(64) NOT NULL PRIMARY KEY, value BIGINT NOT NULL)',
  ),
  makeStep(
    '002-counters',
    "INSERT INTO counter (name, value) VALUES ('revocation', 0), ('change', 0), ('audit', 0)",
  ),
  makeStep(
    '003-user',
    `CREATE TABLE user (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      name VARCHAR(64) NOT NULL,
      name_key VARCHAR(255) NOT NULL UNIQUE,
      password VARCHAR(255) NOT NULL,
      admin INTEGER NOT NULL,
      disabled INTEGER NOT NULL,
      home VARCHAR(64),
      revision BIGINT NOT NULL,
      changed_seq BIGINT NOT NULL,
      data_key LONGBLOB NOT NULL,
      created_at BIGINT NOT NULL
    )`,
  ),
  makeStep('004-user-home', 'CREATE INDEX user_home ON user (home, changed_seq)'),
  makeStep(
    '005-session',
    `CREATE TABLE session (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      client VARCHAR(200),
      address VARCHAR(64) NOT NULL,
      remember INTEGER NOT NULL,
      cookie INTEGER NOT NULL,
      salt VARCHAR(64) NOT NULL,
      generation BIGINT NOT NULL,
      rotated_at BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      last_seen BIGINT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('006-session-user', 'CREATE INDEX session_user ON session (user, created_at)'),
  makeStep('007-session-expiry', 'CREATE INDEX session_expiry ON session (expires_at)'),
  makeStep(
    '008-revocation',
    `CREATE TABLE revocation (
      seq BIGINT NOT NULL PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      id VARCHAR(64) NOT NULL,
      at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '009-sign-in-try',
    `CREATE TABLE sign_in_try (
      who VARCHAR(64) NOT NULL PRIMARY KEY,
      wrong INTEGER NOT NULL,
      last_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '010-profile-item',
    `CREATE TABLE profile_item (
      user VARCHAR(64) NOT NULL,
      part VARCHAR(16) NOT NULL,
      id VARCHAR(64) NOT NULL,
      revision BIGINT NOT NULL,
      edited BIGINT NOT NULL,
      value LONGTEXT,
      PRIMARY KEY (user, part, id)
    )`,
  ),
  makeStep('011-profile-item-since', 'CREATE INDEX profile_item_since ON profile_item (user, revision)'),
  makeStep(
    '012-profile-history',
    `CREATE TABLE profile_history (
      user VARCHAR(64) NOT NULL,
      revision BIGINT NOT NULL,
      part VARCHAR(16) NOT NULL,
      id VARCHAR(64) NOT NULL,
      value_before LONGTEXT,
      value_after LONGTEXT,
      session VARCHAR(64) NOT NULL,
      at BIGINT NOT NULL,
      PRIMARY KEY (user, revision, part, id)
    )`,
  ),
  makeStep(
    '013-signing-key',
    `CREATE TABLE signing_key (
      kid VARCHAR(64) NOT NULL PRIMARY KEY,
      public_jwk LONGTEXT NOT NULL,
      sealed LONGBLOB NOT NULL,
      created_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '014-setup-code',
    `CREATE TABLE setup_code (
      id INTEGER NOT NULL PRIMARY KEY,
      code_hash VARCHAR(64) NOT NULL,
      wrong INTEGER NOT NULL
    )`,
  ),
  makeStep(
    '015-invite',
    `CREATE TABLE invite (
      code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
      made_by VARCHAR(64) NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
  ),
];
