import { join } from 'node:path';
import { MailError } from '../common/errors.ts';
import type { Database } from '../server-kit/database/database.ts';
import { openDatabase } from '../server-kit/database/open.ts';
import { isThere } from '../server-kit/is-there.ts';
import type { StorePlace } from '../storage-server/operate.ts';

/** The profile-server's rows beside a running server; they stay as they are. MailError `unavailable` reason `no-profile`. */
export async function openProfile(place: StorePlace): Promise<Database> {
  const { migrations } = await import('../profile-server/operate.ts');
  const dataDir = join(place.dataDir, '..', 'profile-server');
  const file = join(dataDir, 'profile.sqlite');
  if (!isThere(place.database.engine === 'sqlite' ? file : dataDir)) {
    throw new MailError('unavailable', 'no profile-server here', {
      reason: 'no-profile',
      params: { dir: dataDir },
    });
  }
  const { database, log } = place;
  return await openDatabase({ database, file, schema: 'profile', migrations, log, upgrade: false });
}
