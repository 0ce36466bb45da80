import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What users want to be reminded of. `state`: waiting or due; `since`: modseq at which it was set. */
export const reminderTables: readonly Migration[] = [
  makeStep(
    '280-reminder',
    `CREATE TABLE reminder (
      user_id VARCHAR(64) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      at BIGINT NOT NULL,
      unless_answered INTEGER NOT NULL,
      state VARCHAR(16) NOT NULL,
      since BIGINT NOT NULL,
      PRIMARY KEY (user_id, mail)
    )`,
  ),
  makeStep('281-reminder-due', 'CREATE INDEX reminder_due ON reminder (state, at)'),
];
