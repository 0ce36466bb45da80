import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';
import { addColumns } from './add-columns.ts';

/** Manners and timeline of the polls. A run is a row of polls that went alike; the latest stands in `poll`. */
export const scheduleTables: Migration[] = [
  addColumns('050-poll-manners', 'poll', [
    'least_seconds INTEGER NOT NULL DEFAULT 0',
    'adaptive INTEGER NOT NULL DEFAULT 0',
    'paused INTEGER NOT NULL DEFAULT 0',
    'login_gap INTEGER NOT NULL DEFAULT 0',
    'allowed_at BIGINT',
    'last_mail BIGINT',
    'run_seq BIGINT NOT NULL DEFAULT 0',
    'run_from BIGINT',
    'run_to BIGINT',
    'run_polls INTEGER NOT NULL DEFAULT 0',
    'run_mails BIGINT NOT NULL DEFAULT 0',
    'run_bytes BIGINT NOT NULL DEFAULT 0',
    'run_error LONGTEXT',
  ]),
  makeStep('051-poll-least', 'UPDATE poll SET least_seconds = wait_seconds'),
  makeStep(
    '052-poll-run',
    `CREATE TABLE poll_run (
      account VARCHAR(64) NOT NULL,
      seq BIGINT NOT NULL,
      from_at BIGINT NOT NULL,
      to_at BIGINT NOT NULL,
      polls INTEGER NOT NULL,
      mails BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      error LONGTEXT,
      PRIMARY KEY (account, seq)
    )`,
  ),
  makeStep(
    '053-poll-day',
    `CREATE TABLE poll_day (
      account VARCHAR(64) NOT NULL,
      day BIGINT NOT NULL,
      mails BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      PRIMARY KEY (account, day)
    )`,
  ),
  // A disabled user's accounts are not due, so that no claim has to step over them.
  makeStep(
    '054-poll-disabled',
    'UPDATE poll SET next_at = NULL WHERE user IN (SELECT id FROM user WHERE disabled = 1)',
  ),
  makeStep('055-poll-host', 'CREATE INDEX poll_host ON poll (home, host, next_at)'),
  addColumns('056-lease-host', 'lease', ["host VARCHAR(253) NOT NULL DEFAULT ''"]),
  makeStep('057-lease-part', 'CREATE INDEX lease_part ON lease (part, host)'),
  // Nobody asks for it any more, and every poll wrote it four times.
  {
    name: '058-poll-due-gone',
    up: (schema, engine) => schema.raw(`DROP INDEX poll_due${engine === 'mysql' ? ' ON poll' : ''}`),
  },
];
