import { makeStep } from '../../server-kit/database/make-step.ts';

/** The parts of Valija and what admins did. */
export const partTables = [
  makeStep(
    '040-part',
    `CREATE TABLE part (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      kind VARCHAR(32) NOT NULL,
      public_jwk LONGTEXT NOT NULL,
      url VARCHAR(500),
      submission LONGTEXT,
      state VARCHAR(16) NOT NULL,
      created_at BIGINT NOT NULL,
      last_seen BIGINT
    )`,
  ),
  makeStep(
    '041-enrol-code',
    `CREATE TABLE enrol_code (
      code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
      kind VARCHAR(32) NOT NULL,
      made_by VARCHAR(64) NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '042-audit',
    `CREATE TABLE audit (
      seq BIGINT NOT NULL PRIMARY KEY,
      at BIGINT NOT NULL,
      actor VARCHAR(64) NOT NULL,
      action VARCHAR(64) NOT NULL,
      subject VARCHAR(64) NOT NULL,
      detail LONGTEXT NOT NULL,
      hash VARCHAR(64) NOT NULL
    )`,
  ),
  makeStep('043-part-new-users', 'ALTER TABLE part ADD COLUMN new_users INTEGER NOT NULL DEFAULT 1'),
  makeStep('044-invite-home', 'ALTER TABLE invite ADD COLUMN home VARCHAR(64)'),
];
