import type { Migration } from '../../server-kit/database/database.ts';
import { accountTables } from './account-tables.ts';
import { adminTables } from './admin-tables.ts';
import { appPasswordTables } from './app-password-tables.ts';
import { directoryTables } from './directory-tables.ts';
import { dkimTables } from './dkim-tables.ts';
import { historyAgeTables, historyTables } from './history-tables.ts';
import { labTables } from './lab-tables.ts';
import { groupTables } from './group-tables.ts';
import { layerTables } from './layer-tables.ts';
import { oauthTables } from './oauth-tables.ts';
import { partTables } from './part-tables.ts';
import { policyTables } from './policy-tables.ts';
import { scheduleTables } from './schedule-tables.ts';
import { outerFactorTables, secondFactorTables } from './second-factor-tables.ts';
import { senderTables } from './sender-tables.ts';
import { useTables } from './use-tables.ts';
import { userTables } from './user-tables.ts';
import { vaultTables } from './vault-tables.ts';

/** In the order in which they run; a released one never changes. */
export const migrations: Migration[] = [
  ...userTables,
  ...accountTables,
  ...partTables,
  ...scheduleTables,
  ...oauthTables,
  ...senderTables,
  ...appPasswordTables,
  ...dkimTables,
  ...groupTables,
  ...secondFactorTables,
  ...directoryTables,
  ...policyTables,
  ...layerTables,
  ...labTables,
  ...historyTables,
  ...adminTables,
  ...useTables,
  ...vaultTables,
  ...outerFactorTables,
  ...historyAgeTables,
];
