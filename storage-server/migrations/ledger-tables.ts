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
  // The account that retrieved it: when its maildrop moves, what it had at the former one is looked for by bytes.
  makeStep('301-ledger-account', 'ALTER TABLE ledger ADD COLUMN account VARCHAR(64)'),
  // 0: the last listing did not have it.
  makeStep('302-ledger-listed', 'ALTER TABLE ledger ADD COLUMN listed INTEGER NOT NULL DEFAULT 1'),
  // When the user removed the mail for ever, with the ids of its bytes, by which it is known under another UIDL.
  makeStep('303-ledger-removed', 'ALTER TABLE ledger ADD COLUMN removed_at BIGINT'),
  makeStep('304-ledger-header', 'ALTER TABLE ledger ADD COLUMN header VARCHAR(64)'),
  makeStep('305-ledger-body', 'ALTER TABLE ledger ADD COLUMN body VARCHAR(64)'),
  makeStep('306-ledger-of-mail', 'CREATE INDEX ledger_mail ON ledger (mail)'),
  makeStep('307-ledger-of-account', 'CREATE INDEX ledger_account ON ledger (account, header)'),
  // The last listing: `waiting` messages of it are not here yet; `importing` until the first session that brought all;
  // `digest` where all of it is settled, so that the same list again needs no look into the ledger.
  makeStep(
    '308-maildrop-listing',
    `CREATE TABLE maildrop_listing (
      maildrop VARCHAR(64) NOT NULL PRIMARY KEY,
      messages BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      waiting BIGINT NOT NULL,
      waiting_bytes BIGINT NOT NULL,
      importing INTEGER NOT NULL,
      digest VARCHAR(64)
    )`,
  ),
];
