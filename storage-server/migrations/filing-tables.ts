import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/**
 * What users' rules send and what they could not do. `filing_outbox.kind`: forward or answer; `form`: original, or own
 * where that was refused; `state`: waiting, trying (a try may have reached the relay), taken (the relay has it, and
 * what becomes of it is not known yet). `vacation_sent.recipient` and `filing_problem.detail` are keys: hashes.
 */
export const filingTables: readonly Migration[] = [
  makeStep(
    '260-filing-outbox',
    `CREATE TABLE filing_outbox (
      user_id VARCHAR(64) NOT NULL,
      send_key VARCHAR(64) NOT NULL,
      kind VARCHAR(16) NOT NULL,
      form VARCHAR(16) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      account VARCHAR(64) NOT NULL,
      mail_from VARCHAR(320) NOT NULL,
      recipient VARCHAR(320) NOT NULL,
      answer LONGTEXT,
      state VARCHAR(16) NOT NULL,
      relay VARCHAR(64),
      attempts BIGINT NOT NULL,
      next_try BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      PRIMARY KEY (user_id, send_key)
    )`,
  ),
  makeStep('261-filing-outbox-due', 'CREATE INDEX filing_outbox_due ON filing_outbox (state, next_try)'),
  makeStep(
    '262-vacation-sent',
    `CREATE TABLE vacation_sent (
      user_id VARCHAR(64) NOT NULL,
      handle VARCHAR(43) NOT NULL,
      recipient VARCHAR(43) NOT NULL,
      until BIGINT NOT NULL,
      PRIMARY KEY (user_id, handle, recipient)
    )`,
  ),
  makeStep('263-vacation-sent-until', 'CREATE INDEX vacation_sent_until ON vacation_sent (until)'),
  makeStep(
    '264-filing-problem',
    `CREATE TABLE filing_problem (
      user_id VARCHAR(64) NOT NULL,
      rule VARCHAR(64) NOT NULL,
      reason VARCHAR(64) NOT NULL,
      detail_key VARCHAR(43) NOT NULL,
      detail LONGTEXT NOT NULL,
      mail VARCHAR(64) NOT NULL,
      count BIGINT NOT NULL,
      at BIGINT NOT NULL,
      PRIMARY KEY (user_id, rule, reason, detail_key)
    )`,
  ),
  makeStep('265-filing-problem-at', 'CREATE INDEX filing_problem_at ON filing_problem (at)'),
];
