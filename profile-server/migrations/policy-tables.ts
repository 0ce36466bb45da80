import { makeStep } from '../../server-kit/database/make-step.ts';

/** What organisation and groups demand: `place` is `organisation` or a group's id, `value` JSON of PolicySettings. */
export const policyTables = [
  makeStep(
    '140-policy',
    `CREATE TABLE policy (
      place VARCHAR(64) NOT NULL PRIMARY KEY,
      revision BIGINT NOT NULL,
      value LONGTEXT NOT NULL,
      changed_at BIGINT NOT NULL,
      changed_by VARCHAR(64) NOT NULL
    )`,
  ),
];
