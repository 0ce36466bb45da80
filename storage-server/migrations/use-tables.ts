import { makeStep } from '../../server-kit/database/make-step.ts';

/** How mail is used, counted by month; nothing of a mail stands here but that it came, and that for a week. */
export const useTables = [
  makeStep(
    '800-use-cursor',
    'CREATE TABLE use_cursor (user_id VARCHAR(64) NOT NULL PRIMARY KEY, modseq BIGINT NOT NULL, mail BIGINT NOT NULL)',
  ),
  // Mails of the last days: what is still to be counted of them.
  makeStep(
    '801-use-mail',
    `CREATE TABLE use_mail (
      user_id VARCHAR(64) NOT NULL,
      mail BIGINT NOT NULL,
      at BIGINT NOT NULL,
      provider VARCHAR(253) NOT NULL,
      is_read INTEGER NOT NULL,
      answered INTEGER NOT NULL,
      PRIMARY KEY (user_id, mail)
    )`,
  ),
  makeStep('802-use-mail-at', 'CREATE INDEX use_mail_at ON use_mail (at)'),
  // `reported` 0: the profile-server has not heard of it yet.
  makeStep(
    '803-use-month',
    `CREATE TABLE use_month (
      user_id VARCHAR(64) NOT NULL,
      month VARCHAR(7) NOT NULL,
      counts LONGTEXT NOT NULL,
      reported INTEGER NOT NULL,
      PRIMARY KEY (user_id, month)
    )`,
  ),
  makeStep('804-use-month-reported', 'CREATE INDEX use_month_reported ON use_month (reported)'),
];
