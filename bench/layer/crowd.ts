import { randomBytes } from 'node:crypto';
import { writeDefaultProfile } from '../../profile-server/profile/default-profile.ts';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import { completeUser, addUser, findUser } from '../../profile-server/user/user-store.ts';
import type { DatabaseSetting } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';

const BATCH = 200;

/** Writes so many users with their first profiles beside the one that is there; all have its password and its key. */
export async function writeCrowd(
  where: { database: DatabaseSetting; file: string },
  like: string,
  count: number,
): Promise<string[]> {
  const db = await openDatabase({ ...where, schema: 'profile', migrations, log: silentLogger });
  const model = await findUser(db.read, like);
  if (model === undefined) throw new Error('no user to begin with');
  const names = Array.from({ length: count }, (_, at) => `user${at}`);
  for (let from = 0; from < count; from += BATCH) {
    await db.write(async (tx) => {
      for (const name of names.slice(from, from + BATCH)) {
        const id = `user_${name}`;
        const { password, data_key, home } = model;
        const at = Date.now();
        await addUser(
          tx,
          completeUser({
            id,
            name,
            name_key: name,
            password,
            data_key,
            home,
            admin: 0,
            disabled: 0,
            revision: 0,
            created_at: at,
          }),
        );
        await writeDefaultProfile(tx, { user: id, language: 'en', session: 'none', at, random: randomBytes });
      }
    });
  }
  await db.close();
  return names;
}
