import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';

/** Steps 010 to 029: what a mail asks of its way, and which of those that are due goes first. */
export const queueTables: readonly Migration[] = [
  makeStep('010-mail-priority', 'ALTER TABLE mail ADD COLUMN priority INTEGER NOT NULL DEFAULT 0'),
  makeStep('011-mail-require-tls', 'ALTER TABLE mail ADD COLUMN require_tls INTEGER NOT NULL DEFAULT 0'),
  makeStep('012-mail-tls-optional', 'ALTER TABLE mail ADD COLUMN tls_optional INTEGER NOT NULL DEFAULT 0'),
  makeStep('013-mail-dsn-ret', 'ALTER TABLE mail ADD COLUMN dsn_ret VARCHAR(4)'),
  // Of the mail, repeated where a claim looks.
  makeStep('014-recipient-priority', 'ALTER TABLE recipient ADD COLUMN priority INTEGER NOT NULL DEFAULT 0'),
  makeStep('015-recipient-turn', 'CREATE INDEX recipient_turn ON recipient (priority, next_try)'),
  dropIndex('016-recipient-due', 'recipient_due'),
  // What a relay holds is looked for at its start and end only, among those that wait.
  dropIndex('017-recipient-lease', 'recipient_lease'),
];

function dropIndex(name: string, index: string): Migration {
  return {
    name,
    up: (schema, engine) =>
      schema.raw(engine === 'mysql' ? `DROP INDEX ${index} ON recipient` : `DROP INDEX ${index}`),
  };
}
