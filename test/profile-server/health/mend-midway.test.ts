import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type RunningServer } from '../start-server.ts';

onBothEngines('a host that is mended while something comes in between', (engine) => {
  let running: RunningServer;
  let db: Database;
  let admin: TestUser;
  const users: TestUser[] = [];
  const accounts: string[] = [];
  before(async () => {
    const database = engine.setting();
    running = await startServer({ database });
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    for (const name of ['ana', 'bea', 'carl']) {
      const user = await registerUser(running, name);
      const secrets = { pop3Password: 'secret' };
      const { id } = await user.client.account.add.mutate({ settings: sampleSettings(), secrets });
      users.push(user);
      accounts.push(id);
    }
    const file = `${running.dataDir}/profile.sqlite`;
    db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
  });
  after(async () => {
    await db?.close();
    await running?.stop();
  });

  /** At the moment at which the polls of an account are changed. */
  const meanwhile = async (account: string, does: { sqlite: string; mysql: string }): Promise<void> => {
    const text =
      db.engine === 'sqlite'
        ? `CREATE TRIGGER meanwhile BEFORE UPDATE ON poll WHEN NEW.account = '${account}' BEGIN ${does.sqlite}; END`
        : `CREATE TRIGGER meanwhile BEFORE UPDATE ON poll FOR EACH ROW
            BEGIN IF NEW.account = '${account}' THEN ${does.mysql}; END IF; END`;
    await db.write(async (tx) => void (await tx.run(text)));
  };
  const end = async (): Promise<void> =>
    await db.write(async (tx) => void (await tx.run('DROP TRIGGER meanwhile')));
  const mend = async (port: number) => {
    const to = { host: 'mail.example.org', port, tls: 'implicit' } as const;
    const from = port === 995 ? 'pop.example.org' : 'mail.example.org';
    return await admin.client.health.mend.mutate({ from, to, dryRun: false, confirm: to.host });
  };
  const told = async (user: TestUser | undefined): Promise<number[]> => {
    const { entries } = await admin.client.audit.list.query({
      action: 'account.mend',
      subject: user?.id ?? '',
    });
    const notes = (await user?.client.session.securityNotes.query())?.notes ?? [];
    return [entries.length, notes.filter(({ what }) => what === 'account-moved').length];
  };

  test('what is moved before it breaks off stands in the audit log and is told to its user', async () => {
    await meanwhile(accounts[1] ?? '', {
      sqlite: "SELECT RAISE(ABORT, 'broken off')",
      mysql: "SIGNAL SQLSTATE '45000'",
    });
    assert.equal((await refusal(mend(995))).code, 'internal');
    await end();
    assert.deepEqual(await Promise.all(users.map(told)), [
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    assert.equal((await mend(995)).changed, 2);
    assert.deepEqual(await Promise.all(users.map(told)), [
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test('an account that is removed meanwhile keeps no other back', async () => {
    const remove = `UPDATE profile_item SET value = NULL WHERE id = '${accounts[1]}'`;
    await meanwhile(accounts[0] ?? '', { sqlite: remove, mysql: remove });
    const { changed, problems } = await mend(1995);
    await end();
    assert.deepEqual(
      [changed, problems.map(({ user, reason }) => [user, reason])],
      [2, [['bea', 'changed']]],
    );
  });
});
