import type { Migration } from '../../server-kit/database/database.ts';
import { draftTables } from '../draft/draft-tables.ts';
import { retrievalMigrations } from '../retrieval/migrations.ts';
import { sendingTables } from '../sending/sending-tables.ts';
import { mailMigrations } from './mail-tables.ts';

/** Every step of this part's database, in the order in which they run. */
export const migrations: readonly Migration[] = [
  ...mailMigrations,
  ...draftTables,
  ...sendingTables,
  ...retrievalMigrations,
];
