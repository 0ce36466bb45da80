import { makeStep } from '../../server-kit/database/make-step.ts';

/** How mail is used. Of a single user only as long as a month is open; then what is left is a report. */
export const useTables = [
  makeStep(
    '180-use-month',
    `CREATE TABLE use_month (
      user VARCHAR(64) NOT NULL,
      month VARCHAR(7) NOT NULL,
      counts LONGTEXT NOT NULL,
      PRIMARY KEY (user, month)
    )`,
  ),
  makeStep('181-use-month-month', 'CREATE INDEX use_month_month ON use_month (month, user)'),
  makeStep(
    '182-use-report',
    `CREATE TABLE use_report (
      month VARCHAR(7) NOT NULL PRIMARY KEY,
      report LONGTEXT NOT NULL,
      made_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '183-use-of-user',
    `CREATE TABLE use_of_user (
      user VARCHAR(64) NOT NULL PRIMARY KEY,
      mails BIGINT NOT NULL,
      bytes BIGINT NOT NULL,
      at BIGINT NOT NULL
    )`,
  ),
];
