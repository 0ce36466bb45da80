import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';
import { controlTables } from './control-tables.ts';
import { queueTables } from './queue-tables.ts';
import { submissionTables } from './submission-tables.ts';
import { suppressionTables } from './suppression-tables.ts';
import { wayTables } from './way-tables.ts';

/** The schema of the relay, in order. What was released is never edited: add a step. */
export const migrations: readonly Migration[] = [
  makeStep(
    '001-mail',
    `CREATE TABLE mail (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      home VARCHAR(64) NOT NULL,
      send_key VARCHAR(200) NOT NULL,
      mail_from VARCHAR(320) NOT NULL,
      account VARCHAR(64),
      utf8 INTEGER NOT NULL,
      eight_bit INTEGER NOT NULL,
      message_id VARCHAR(1000),
      size BIGINT NOT NULL,
      queued_at BIGINT NOT NULL,
      finished_at BIGINT,
      UNIQUE (user, send_key)
    )`,
  ),
  makeStep('002-mail-finished', 'CREATE INDEX mail_finished ON mail (finished_at)'),
  // Chunks, because a whole body would not fit into one packet of MySQL (16 MB by default).
  makeStep(
    '003-mail-chunk',
    `CREATE TABLE mail_chunk (
      mail VARCHAR(64) NOT NULL,
      number INTEGER NOT NULL,
      bytes LONGBLOB NOT NULL,
      PRIMARY KEY (mail, number)
    )`,
  ),
  // next_try is null when the recipient is done; a claim moves it to the end of the lease, so one index tells what is due.
  makeStep(
    '004-recipient',
    `CREATE TABLE recipient (
      mail VARCHAR(64) NOT NULL,
      number INTEGER NOT NULL,
      address VARCHAR(320) NOT NULL,
      destination VARCHAR(300) NOT NULL,
      notify VARCHAR(40),
      original VARCHAR(500),
      state VARCHAR(10) NOT NULL,
      attempts INTEGER NOT NULL,
      next_try BIGINT,
      lease VARCHAR(64),
      lease_owner VARCHAR(64),
      last_attempt BIGINT,
      host VARCHAR(300),
      code INTEGER,
      enhanced VARCHAR(12),
      tls VARCHAR(20),
      reason VARCHAR(40),
      server_line VARCHAR(500),
      PRIMARY KEY (mail, number)
    )`,
  ),
  makeStep('005-recipient-due', 'CREATE INDEX recipient_due ON recipient (next_try)'),
  makeStep('006-recipient-lease', 'CREATE INDEX recipient_lease ON recipient (lease_owner)'),
  // The counter row is locked by whoever writes results for a home: their numbers become visible in order.
  makeStep('007-home', 'CREATE TABLE home (id VARCHAR(64) NOT NULL PRIMARY KEY, seq BIGINT NOT NULL)'),
  makeStep(
    '008-result',
    `CREATE TABLE result (
      home VARCHAR(64) NOT NULL,
      seq BIGINT NOT NULL,
      user VARCHAR(64) NOT NULL,
      send_key VARCHAR(200) NOT NULL,
      kind VARCHAR(10) NOT NULL,
      body LONGTEXT NOT NULL,
      PRIMARY KEY (home, seq)
    )`,
  ),
  ...queueTables,
  ...controlTables,
  ...suppressionTables,
  ...submissionTables,
  ...wayTables,
];
