import type { Migration } from '../../server-kit/database/database.ts';
import { draftTables } from './draft-tables.ts';
import { filingTables } from './filing-tables.ts';
import { hashIndexes } from './hash-indexes.ts';
import { keepingTables } from './keeping-tables.ts';
import { ledgerTables } from './ledger-tables.ts';
import { listTables } from './list-tables.ts';
import { mailTables } from './mail-tables.ts';
import { originTables } from './origin-tables.ts';
import { reminderTables } from './reminder-tables.ts';
import { searchTables } from './search-tables.ts';
import { sendingTables } from './sending-tables.ts';
import { serverTables } from './server-tables.ts';
import { snoozeTables } from './snooze-tables.ts';
import { summaryTables } from './summary-tables.ts';
import { useTables } from './use-tables.ts';

/** Every step of this part's database, in the order in which they run. What was released is never edited: add a step. */
export const migrations: readonly Migration[] = [
  ...mailTables,
  ...draftTables,
  ...sendingTables,
  ...ledgerTables,
  ...originTables,
  ...searchTables,
  ...serverTables,
  ...listTables,
  ...keepingTables,
  ...filingTables,
  ...summaryTables,
  ...reminderTables,
  ...useTables,
  ...snoozeTables,
  ...hashIndexes,
];
