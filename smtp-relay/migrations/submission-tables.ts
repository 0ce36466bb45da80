import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** Steps 050 to 059: what submission notes of a mail and of who submits. */
export const submissionTables: readonly Migration[] = [
  // ENVID of RFC 3461 4.4 as a user's own program gave it: it need not be unique, so it is no send key.
  makeStep('050-mail-envid', 'ALTER TABLE mail ADD COLUMN envid VARCHAR(400)'),
  // Mails whose bytes their home has yet to take for Sent: they stay although nobody waits for the mail any more.
  makeStep('051-mail-copy', 'CREATE TABLE mail_copy (mail VARCHAR(64) NOT NULL PRIMARY KEY)'),
  // Recipients that a user's mails had in an hour (hours since 1970), by all relays together.
  makeStep(
    '052-send-count',
    `CREATE TABLE send_count (
      user VARCHAR(64) NOT NULL,
      hour BIGINT NOT NULL,
      recipients BIGINT NOT NULL,
      PRIMARY KEY (user, hour)
    )`,
  ),
  // What an administrator allows a user instead of the setting; null: as the setting says.
  makeStep(
    '053-send-limit',
    `CREATE TABLE send_limit (
      user VARCHAR(64) NOT NULL PRIMARY KEY,
      per_hour BIGINT,
      recipients INTEGER,
      size BIGINT
    )`,
  ),
];
