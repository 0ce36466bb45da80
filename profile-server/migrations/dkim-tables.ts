import { makeStep } from '../../server-kit/database/make-step.ts';

/** Keys that sign mail of own domains. Here, sealed, and not with the relays: all of them must sign with the same ones. */
export const dkimTables = [
  makeStep(
    '100-dkim-key',
    `CREATE TABLE dkim_key (
      domain VARCHAR(253) NOT NULL,
      selector VARCHAR(63) NOT NULL,
      algorithm VARCHAR(10) NOT NULL,
      public_key LONGTEXT NOT NULL,
      private_key LONGBLOB NOT NULL,
      made_at BIGINT NOT NULL,
      PRIMARY KEY (domain, selector)
    )`,
  ),
];
