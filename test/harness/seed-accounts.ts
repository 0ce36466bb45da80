import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { AccountSettings } from '../../common/shapes/account.ts';
import { nameMaildrop } from '../../profile-server/account/rule/account-rule.ts';
import { writeStored } from '../../profile-server/account/account-store.ts';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import { putItem, takeRevision } from '../../profile-server/profile/profile-store.ts';
import { addPoll } from '../../profile-server/schedule/poll-store.ts';
import { addUser, setHome } from '../../profile-server/user/user-store.ts';
import { keepSecret, makeDataKey } from '../../profile-server/vault/keep-secret.ts';
import { makeKeySource } from '../../profile-server/vault/master/key-source.ts';
import { openVault } from '../../profile-server/vault/vault.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';

export interface Seed {
  /** Of the profile-server. */
  dataDir: string;
  home: string;
  accounts: number;
  hosts: readonly string[];
  port: number;
}

/** As many as people have. */
const OF_A_USER = 4;
const IN_A_TRANSACTION = 500;

/** Users and accounts as their sign-up would have left them, only faster; nothing is due. The POP3 users are u0, u1, …, their password `secret`. */
export async function seedAccounts(seed: Seed): Promise<void> {
  const file = join(seed.dataDir, 'profile.sqlite');
  const common = { schema: 'profile', migrations, log: silentLogger };
  const db = await openDatabase({ database: { engine: 'sqlite' }, file, ...common });
  const clock = { now: () => Date.now() };
  const place = { masterKeyFile: null, masterKeyCommand: null };
  const vault = await openVault(
    { db, clock, random: randomBytes },
    makeKeySource(place, seed.dataDir, silentLogger),
  );
  const tools = { masterKey: vault.ring, vault, clock, random: randomBytes };
  const addOne = async (tx: Writer, n: number): Promise<void> => {
    const user = `user_${Math.floor(n / OF_A_USER)}`;
    if (n % OF_A_USER === 0) {
      await addUser(tx, {
        id: user,
        name: user,
        name_key: user,
        password: '',
        admin: 0,
        disabled: 0,
        home: seed.home,
        revision: 0,
        data_key: makeDataKey(tools, user),
        created_at: Date.now(),
      });
      await setHome(tx, user, seed.home);
      const id = `mbx_${n}`;
      const value = JSON.stringify({ id, name: 'Inbox', role: 'inbox', parent: null });
      await putItem(tx, { ...(await startItem(tx, user)), part: 'mailboxes', id, value });
    }
    const account = `acc_${n}`;
    const host = seed.hosts[n % seed.hosts.length] ?? '';
    const settings: AccountSettings = {
      email: `u${n}@example.org`,
      name: null,
      pop3: { host, port: seed.port, tls: 'implicit', user: `u${n}`, auth: 'auto' },
      send: { way: 'relay', smtp: null },
      keep: 'always',
      interval: 300,
      adaptive: false,
      paused: false,
      signedInOnly: false,
    };
    const value = writeStored({ settings, oauth: null });
    await putItem(tx, { ...(await startItem(tx, user)), part: 'accounts', id: account, value });
    await addPoll(tx, {
      account,
      user,
      home: seed.home,
      maildrop: nameMaildrop(settings.pop3),
      host,
      least_seconds: settings.interval,
      adaptive: 0,
      paused: 0,
      next_at: null,
    });
    await keepSecret(tools, tx, { user, account, kind: 'pop3' }, 'secret');
  };
  for (let begin = 0; begin < seed.accounts; begin += IN_A_TRANSACTION) {
    await db.write(async (tx) => {
      for (let n = begin; n < Math.min(seed.accounts, begin + IN_A_TRANSACTION); n++) await addOne(tx, n);
    });
  }
  await db.close();
}

async function startItem(
  tx: Writer,
  user: string,
): Promise<{ user: string; revision: number; session: string; at: number }> {
  return { user, revision: await takeRevision(tx, user), session: 'ses_seed', at: Date.now() };
}
