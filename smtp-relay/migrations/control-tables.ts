import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** Steps 030 to 039: what people do to the queue. */
export const controlTables: readonly Migration[] = [
  // `scope` is `all` or a destination as recipients have it.
  makeStep(
    '030-pause',
    `CREATE TABLE pause (
      scope VARCHAR(300) NOT NULL PRIMARY KEY,
      reason VARCHAR(500) NOT NULL,
      paused_by VARCHAR(64) NOT NULL,
      since BIGINT NOT NULL
    )`,
  ),
  // Asked for while a delivery was under way: it holds if that comes back deferred. Apart from the recipients, so that
  // what nobody stops pays nothing for it.
  makeStep(
    '031-recipient-stop',
    `CREATE TABLE recipient_stop (
      mail VARCHAR(64) NOT NULL,
      number INTEGER NOT NULL,
      state VARCHAR(10) NOT NULL,
      actor VARCHAR(64) NOT NULL,
      PRIMARY KEY (mail, number)
    )`,
  ),
  // Tries that were not the last word, and what people did. The last try stands in the recipient itself.
  makeStep(
    '032-recipient-event',
    `CREATE TABLE recipient_event (
      mail VARCHAR(64) NOT NULL,
      number INTEGER NOT NULL,
      at BIGINT NOT NULL,
      kind VARCHAR(10) NOT NULL,
      actor VARCHAR(64),
      host VARCHAR(300),
      code INTEGER,
      enhanced VARCHAR(12),
      tls VARCHAR(20),
      reason VARCHAR(40),
      server_line VARCHAR(500),
      PRIMARY KEY (mail, number, at, kind)
    )`,
  ),
  // Relays that share a queue share its results: homes have to know that they hear the same from each of them.
  makeStep('033-outbox', 'CREATE TABLE outbox (one INTEGER NOT NULL PRIMARY KEY, id VARCHAR(64) NOT NULL)'),
  // What is logged of a mail is found by one id, in the relay and at its home.
  makeStep('034-result-mail', 'ALTER TABLE result ADD COLUMN mail VARCHAR(64)'),
];
