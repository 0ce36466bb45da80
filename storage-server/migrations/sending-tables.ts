import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/**
 * What was sent from here. `state`: waiting (not handed to a relay yet), trying (a try may have reached
 * it), taken (a relay has it), refused (no relay will take it), cancelled.
 */
export const sendingTables: readonly Migration[] = [
  makeStep(
    '220-send',
    `CREATE TABLE send (
      user VARCHAR(64) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      send_key VARCHAR(64) NOT NULL,
      client_key VARCHAR(200),
      message_id VARCHAR(1000) NOT NULL,
      mail_from VARCHAR(320) NOT NULL,
      state VARCHAR(16) NOT NULL,
      relay VARCHAR(64),
      scheduled INTEGER NOT NULL,
      due_at BIGINT NOT NULL,
      next_try BIGINT NOT NULL,
      attempts BIGINT NOT NULL,
      created_at BIGINT NOT NULL,
      answered VARCHAR(64),
      forwarded VARCHAR(64),
      PRIMARY KEY (user, mail)
    )`,
  ),
  makeStep('221-send-key', 'CREATE UNIQUE INDEX send_key ON send (user, send_key)'),
  makeStep('222-send-client-key', 'CREATE UNIQUE INDEX send_client_key ON send (user, client_key)'),
  makeStep('223-send-due', 'CREATE INDEX send_due ON send (state, next_try)'),
  makeStep(
    '224-send-recipient',
    `CREATE TABLE send_recipient (
      user VARCHAR(64) NOT NULL,
      mail VARCHAR(64) NOT NULL,
      address VARCHAR(320) NOT NULL,
      position BIGINT NOT NULL,
      state VARCHAR(16) NOT NULL,
      detail LONGTEXT NOT NULL,
      PRIMARY KEY (user, mail, address)
    )`,
  ),
  makeStep(
    '225-relay-results',
    'CREATE TABLE relay_results (relay VARCHAR(64) NOT NULL PRIMARY KEY, seq BIGINT NOT NULL)',
  ),
  makeStep('226-send-waiting', 'CREATE INDEX send_waiting ON send (user, state, due_at)'),
  // The id under which the relay keeps it; null until it said so.
  makeStep('227-send-queue-id', 'ALTER TABLE send ADD COLUMN queue_id VARCHAR(64)'),
  makeStep('228-send-queue', 'CREATE INDEX send_queue ON send (user, queue_id)'),
  {
    name: '229-send-message',
    // A key of the whole column would be too long for InnoDB.
    up: (schema, engine) =>
      schema.raw(`CREATE INDEX send_message ON send (user, message_id${engine === 'mysql' ? '(200)' : ''})`),
  },
  // As whom somebody was written to before.
  makeStep(
    '230-send-recipient-address',
    'CREATE INDEX send_recipient_address ON send_recipient (user, address)',
  ),
];
