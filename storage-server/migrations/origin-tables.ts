import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/**
 * How the origin of each collected original was judged, and up to where each user's mails are: every change behind the
 * cursor is still to be looked at, so a crash forgets nothing and taking mail in costs nothing more.
 */
export const originTables: readonly Migration[] = [
  makeStep(
    '400-mail-origin',
    `CREATE TABLE mail_origin (
      user_id VARCHAR(64) NOT NULL,
      mail BIGINT NOT NULL,
      account VARCHAR(64) NOT NULL,
      verdict LONGTEXT NOT NULL,
      judged_at BIGINT NOT NULL,
      tries INTEGER NOT NULL,
      next_try BIGINT,
      PRIMARY KEY (user_id, mail, account)
    )`,
  ),
  makeStep('401-mail-origin-next', 'CREATE INDEX mail_origin_next ON mail_origin (next_try)'),
  makeStep(
    '402-origin-cursor',
    `CREATE TABLE origin_cursor (
      user_id VARCHAR(64) NOT NULL PRIMARY KEY,
      modseq BIGINT NOT NULL,
      mail BIGINT NOT NULL
    )`,
  ),
];
