import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What is known of hosts' demands, and the keys that sign: shared by all relays of this queue. */
export const wayTables: readonly Migration[] = [
  // `hosts` is a JSON list of the `mx` patterns.
  makeStep(
    '060-sts-policy',
    `CREATE TABLE sts_policy (
      domain VARCHAR(255) NOT NULL PRIMARY KEY,
      policy_id VARCHAR(64) NOT NULL,
      mode VARCHAR(10) NOT NULL,
      hosts LONGTEXT NOT NULL,
      fetched_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('061-sts-policy-expires', 'CREATE INDEX sts_policy_expires ON sts_policy (expires_at)'),
];
