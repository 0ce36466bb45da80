import { makeStep } from '../../server-kit/database/make-step.ts';

/**
 * What organisation and groups give to their users. `layer_copy` says which items of a profile come from there: `applied`
 * is the value as the layer gave it, so that what the user changed since can be told from it.
 */
export const layerTables = [
  makeStep(
    '141-layer',
    `CREATE TABLE layer (
      place VARCHAR(64) NOT NULL PRIMARY KEY,
      revision BIGINT NOT NULL,
      contacts BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '142-layer-item',
    `CREATE TABLE layer_item (
      place VARCHAR(64) NOT NULL,
      part VARCHAR(16) NOT NULL,
      id VARCHAR(64) NOT NULL,
      revision BIGINT NOT NULL,
      value LONGTEXT NOT NULL,
      locked VARCHAR(300),
      changed_at BIGINT NOT NULL,
      changed_by VARCHAR(64) NOT NULL,
      PRIMARY KEY (place, part, id)
    )`,
  ),
  makeStep(
    '143-layer-copy',
    `CREATE TABLE layer_copy (
      user VARCHAR(64) NOT NULL,
      part VARCHAR(16) NOT NULL,
      id VARCHAR(64) NOT NULL,
      place VARCHAR(64) NOT NULL,
      item VARCHAR(64) NOT NULL,
      name VARCHAR(200),
      locked VARCHAR(300),
      applied LONGTEXT NOT NULL,
      own LONGTEXT,
      PRIMARY KEY (user, part, id)
    )`,
  ),
  // Everybody is gone through once: also who was there before there were layers, and whoever is added.
  makeStep('144-user-unsettled', 'ALTER TABLE user ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 1'),
  makeStep('145-user-unsettled-index', 'CREATE INDEX user_unsettled ON user (unsettled, id)'),
  // As the policy had it when the user was last gone through: his home asks for the profile, never for policies.
  makeStep('146-user-quota', 'ALTER TABLE user ADD COLUMN quota_bytes BIGINT'),
];
