import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** What sessions learned of POP3 servers: nothing that could not be learned again. */
export const serverTables: readonly Migration[] = [
  makeStep(
    '310-pop3-server',
    `CREATE TABLE pop3_server (
      server VARCHAR(300) NOT NULL PRIMARY KEY,
      capabilities LONGTEXT,
      asked_at BIGINT NOT NULL,
      lockstep_until BIGINT NOT NULL
    )`,
  ),
  makeStep('311-pop3-server-level', 'ALTER TABLE pop3_server ADD COLUMN lockstep_level VARCHAR(16)'),
];
