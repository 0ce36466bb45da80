import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** Addresses that failed for good, for each user by himself: what one user learned tells another nothing. */
export const suppressionTables: readonly Migration[] = [
  makeStep(
    '040-suppression',
    `CREATE TABLE suppression (
      user VARCHAR(64) NOT NULL,
      address VARCHAR(320) NOT NULL,
      reason VARCHAR(40) NOT NULL,
      server_line VARCHAR(500),
      code INTEGER,
      enhanced VARCHAR(12),
      failed_at BIGINT NOT NULL,
      ends_at BIGINT NOT NULL,
      times INTEGER NOT NULL,
      PRIMARY KEY (user, address)
    )`,
  ),
  makeStep('041-suppression-user', 'CREATE INDEX suppression_user ON suppression (user, failed_at)'),
  // Of a recipient: its sender has been told that it takes long, which is said once.
  makeStep('042-recipient-delay', 'ALTER TABLE recipient ADD COLUMN delay_told INTEGER NOT NULL DEFAULT 0'),
];
