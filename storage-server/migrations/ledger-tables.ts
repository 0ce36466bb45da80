import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What each maildrop held that we have, so that nothing is retrieved twice or deleted before it is here. */
export const ledgerTables: readonly Migration[] = [
  makeStep(
    '300-ledger',
    `CREATE TABLE ledger (
      maildrop VARCHAR(64) NOT NULL,
      uidl VARCHAR(255) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      size BIGINT NOT NULL,
      state VARCHAR(16) NOT NULL,
      first_seen BIGINT NOT NULL,
      PRIMARY KEY (maildrop, uidl)
    )`,
  ),
];
