import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/**
 * Mails that were put off. `state`: waiting or back; `home`: the mailbox that it left; `mailbox` and `moved_at` as its row
 * had them when this was written: a mail of which they differ was moved by somebody since, and is no longer put off.
 */
export const snoozeTables: readonly Migration[] = [
  makeStep(
    '850-snooze',
    `CREATE TABLE snooze (
      user_id VARCHAR(64) NOT NULL,
      mail BIGINT NOT NULL,
      at BIGINT NOT NULL,
      state VARCHAR(16) NOT NULL,
      home VARCHAR(64) NOT NULL,
      mailbox VARCHAR(64) NOT NULL,
      moved_at BIGINT NOT NULL,
      PRIMARY KEY (user_id, mail)
    )`,
  ),
  makeStep('851-snooze-due', 'CREATE INDEX snooze_due ON snooze (state, at)'),
];
