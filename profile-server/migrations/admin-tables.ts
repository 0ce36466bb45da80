import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What administrators look at: facts of parts, polls summed by hour, alerts. */
export const adminTables: Migration[] = [
  makeStep(
    '170-part-facts',
    `CREATE TABLE part_facts (
      part VARCHAR(64) NOT NULL PRIMARY KEY,
      at BIGINT NOT NULL,
      facts LONGTEXT NOT NULL
    )`,
  ),
  makeStep(
    '171-poll-hour',
    `CREATE TABLE poll_hour (
      hour BIGINT NOT NULL,
      host VARCHAR(253) NOT NULL,
      user_group VARCHAR(64) NOT NULL,
      polls BIGINT NOT NULL,
      failed BIGINT NOT NULL,
      PRIMARY KEY (hour, host, user_group)
    )`,
  ),
  makeStep(
    '172-alert-rule',
    `CREATE TABLE alert_rule (
      kind VARCHAR(32) NOT NULL PRIMARY KEY,
      enabled INTEGER NOT NULL,
      threshold INTEGER NOT NULL
    )`,
  ),
  makeStep(
    '173-alert-target',
    `CREATE TABLE alert_target (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      kind VARCHAR(16) NOT NULL,
      address VARCHAR(2000) NOT NULL,
      language VARCHAR(8) NOT NULL,
      sealed LONGBLOB,
      made_by VARCHAR(64) NOT NULL,
      made_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '174-alert',
    `CREATE TABLE alert (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      kind VARCHAR(32) NOT NULL,
      subject VARCHAR(253) NOT NULL,
      open_key VARCHAR(300) UNIQUE,
      detail LONGTEXT NOT NULL,
      opened_at BIGINT NOT NULL,
      resolved_at BIGINT
    )`,
  ),
  makeStep('175-alert-opened', 'CREATE INDEX alert_opened ON alert (opened_at)'),
  makeStep(
    '176-alert-delivery',
    `CREATE TABLE alert_delivery (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      target VARCHAR(64) NOT NULL,
      body LONGTEXT NOT NULL,
      made_at BIGINT NOT NULL,
      take_at BIGINT,
      tries INTEGER NOT NULL,
      done_at BIGINT,
      error LONGTEXT
    )`,
  ),
  makeStep('177-alert-delivery-due', 'CREATE INDEX alert_delivery_due ON alert_delivery (take_at)'),
  makeStep('178-audit-subject', 'CREATE INDEX audit_subject ON audit (subject, seq)'),
  makeStep('179-audit-actor', 'CREATE INDEX audit_actor ON audit (actor, seq)'),
];
