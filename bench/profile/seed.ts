import { randomBytes } from 'node:crypto';
import { migrations } from '../../profile-server/operate.ts';
import { PasswordHasher } from '../../profile-server/password/password.ts';
import { writeDefaultProfile } from '../../profile-server/profile/default-profile.ts';
import { putFirstItems, type ItemChange } from '../../profile-server/profile/profile-store.ts';
import { addUser } from '../../profile-server/user/user-store.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import type { Settings } from '../../server-kit/settings.ts';
import { sampleSettings } from '../../test/profile-server/sample.ts';

export const PASSWORD = 'a password of the bench 1';
/** Of each user besides mailboxes and preferences. */
export const SIZES = { accounts: 3, rules: 8, labels: 5, contacts: 60 } as const;

/** Fills the database of a stopped profile-server with users who all have PASSWORD and a profile of that size. */
export async function seedUsers(settings: Settings, file: string, users: number): Promise<void> {
  const hash = await new PasswordHasher(randomBytes).hash(PASSWORD);
  const { database } = settings;
  const db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
  for (let from = 0; from < users; from += 100) {
    await db.write(async (tx) => {
      for (let n = from; n < Math.min(users, from + 100); n += 1) await seedUser(tx, n, hash);
    });
  }
  await db.close();
}

async function seedUser(tx: Writer, n: number, password: string): Promise<void> {
  const user = `user_${n}`;
  const name = `user ${n}`;
  await addUser(tx, {
    id: user,
    name,
    name_key: name,
    password,
    admin: 0,
    disabled: 0,
    home: null,
    revision: 0,
    data_key: Buffer.alloc(1),
    created_at: 0,
  });
  await writeDefaultProfile(tx, { user, language: 'en', session: 'bench', at: 0, random: randomBytes });
  const items: ItemChange[] = [];
  const put = (part: ItemChange['part'], id: string, value: object): void => {
    items.push({ user, part, id, revision: 1, value: JSON.stringify(value), session: 'bench', at: 0 });
  };
  for (let at = 0; at < SIZES.accounts; at += 1) {
    const email = `u${n}-${at}@example.org`;
    put('accounts', `acc_${n}_${at}`, { ...sampleSettings({ email }), oauth: null });
    const signature = { text: `User ${n}\nRoom ${at}`, html: null };
    const identity = {
      id: `idn_${n}_${at}`,
      account: `acc_${n}_${at}`,
      name,
      address: email,
      replyTo: null,
      signature,
    };
    put('identities', identity.id, identity);
  }
  for (let at = 0; at < SIZES.rules; at += 1) {
    const script = `if header :contains "subject" "word ${at}" { fileinto "Folder ${at}"; }`;
    put('rules', `rul_${n}_${at}`, { name: `Rule ${at}`, enabled: true, position: at, script });
  }
  for (let at = 0; at < SIZES.labels; at += 1) {
    put('labels', `lab_${n}_${at}`, { name: `Label ${at}`, colour: 'teal' });
  }
  for (let at = 0; at < SIZES.contacts; at += 1) {
    const emails = [{ address: `c${at}@example.org`, kind: null }];
    const empty = { phones: [], organisation: null, title: null, note: null, groups: [], vcard: null };
    put('contacts', `con_${n}_${at}`, { name: `Contact ${at}`, emails, ...empty, collected: false });
  }
  await putFirstItems(tx, items);
}
