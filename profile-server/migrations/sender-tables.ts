import { makeStep } from '../../server-kit/database/make-step.ts';

/** Who may send as what: own domains, proofs of addresses, codes that prove them, and the mails of this part that carry those. */
export const senderTables = [
  makeStep(
    '080-own-domain',
    `CREATE TABLE own_domain (
      domain VARCHAR(253) NOT NULL PRIMARY KEY,
      everybody INTEGER NOT NULL,
      added_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '081-own-domain-user',
    `CREATE TABLE own_domain_user (
      domain VARCHAR(253) NOT NULL,
      user VARCHAR(64) NOT NULL,
      PRIMARY KEY (domain, user)
    )`,
  ),
  makeStep(
    '082-sender-proof',
    `CREATE TABLE sender_proof (
      user VARCHAR(64) NOT NULL,
      address VARCHAR(320) NOT NULL,
      how VARCHAR(16) NOT NULL,
      at BIGINT NOT NULL,
      PRIMARY KEY (user, address)
    )`,
  ),
  makeStep(
    '083-sender-code',
    `CREATE TABLE sender_code (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      address VARCHAR(320) NOT NULL,
      sent_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      tries INTEGER NOT NULL,
      state VARCHAR(16) NOT NULL
    )`,
  ),
  makeStep('084-sender-code-user', 'CREATE INDEX sender_code_user ON sender_code (user, sent_at)'),
  makeStep('085-sender-code-address', 'CREATE INDEX sender_code_address ON sender_code (address, sent_at)'),
  makeStep(
    '086-notice',
    `CREATE TABLE notice (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      recipient VARCHAR(320) NOT NULL,
      kind VARCHAR(32) NOT NULL,
      language VARCHAR(8) NOT NULL,
      about VARCHAR(64) NOT NULL,
      made_at BIGINT NOT NULL,
      take_at BIGINT NOT NULL
    )`,
  ),
  makeStep('087-notice-due', 'CREATE INDEX notice_due ON notice (take_at)'),
];
