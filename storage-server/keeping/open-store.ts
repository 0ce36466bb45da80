import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import type { Database, DatabaseSetting } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import type { Logger } from '../../server-kit/log.ts';
import { isThere } from '../../server-kit/is-there.ts';
import { loadStoreKeys } from '../blob/store-key.ts';
import { demandBond } from './bond/bind-store.ts';
import { makeMailIds, type MailIds } from '../mail/mail-id.ts';
import { migrations } from '../migrations/migrations.ts';

/** Where a storage-server keeps its mail. */
export interface StorePlace {
  /** Of this part alone. */
  dataDir: string;
  database: DatabaseSetting;
  log: Logger;
}

/** A store without its server. */
export interface OpenStore {
  dataDir: string;
  db: Database;
  ids: MailIds;
  blobKey: Buffer;
  log: Logger;
  close(): Promise<void>;
}

/**
 * Opens a store that is there already. `read`: its database stays as it is, also where this program has newer tables,
 * and a server may be running. MailError `unavailable` reasons `no-store`, `database-older`, and for `change` `store-mismatch`.
 */
export async function openStore(
  { dataDir, database, log }: StorePlace,
  mode: 'read' | 'change',
): Promise<OpenStore> {
  const needed = ['blobs.sqlite', ...(database.engine === 'sqlite' ? ['storage.sqlite'] : [])];
  if (needed.some((name) => !isThere(join(dataDir, name)))) {
    throw new MailError('unavailable', `${dataDir} holds no mail store`, {
      reason: 'no-store',
      params: { dir: dataDir },
    });
  }
  const keys = await loadStoreKeys(dataDir, randomBytes);
  const file = join(dataDir, 'storage.sqlite');
  const upgrade = mode === 'change';
  const db = await openDatabase({ database, file, schema: 'storage', migrations, log, upgrade });
  try {
    if (mode === 'change') await demandBond({ db, dataDir });
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    dataDir,
    db,
    ids: makeMailIds(keys.mailId),
    blobKey: keys.blob,
    log,
    close: async () => await db.close(),
  };
}
