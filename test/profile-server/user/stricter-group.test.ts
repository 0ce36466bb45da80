import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type RunningServer } from '../start-server.ts';

describe('a group whose resets need two', () => {
  let running: RunningServer;
  let admin: TestUser;
  let bea: TestUser;
  let ana: TestUser;
  let strict: string;
  let mild: string;
  before(async () => {
    running = await startServer();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    bea = await registerUser(running, 'bea');
    ana = await registerUser(running, 'ana');
    const add = async (name: string): Promise<string> =>
      (await admin.client.group.add.mutate({ name })).group.id;
    [strict, mild] = [await add('Strict'), await add('Mild')];
    for (const id of [strict, mild]) await admin.client.group.setAdmins.mutate({ id, users: [bea.id] });
    await admin.client.policy.set.mutate({ of: strict, base: 0, settings: { resetNeedsTwo: true } });
    await admin.client.user.setGroup.mutate({ id: ana.id, group: strict });
  });
  after(async () => await running.stop());

  test('is left by nobody whom one alone could reset then', async () => {
    const move = async (by: TestUser): Promise<unknown> =>
      await by.client.user.setGroup.mutate({ id: ana.id, group: mild });
    assert.equal((await refusal(move(bea))).reason, 'stricter-group');
    const csv = 'name,group\nana,Mild\n';
    const told = await bea.client.user.import.mutate({ csv, dryRun: false });
    assert.deepEqual(
      told.problems.map(({ reason }) => reason),
      ['csv-stricter-group'],
    );
    const { needsApproval } = await bea.client.user.reset.mutate({ id: ana.id, how: 'hand' });
    assert.equal(needsApproval, true);
    await move(admin);
    await bea.client.user.setGroup.mutate({ id: ana.id, group: strict });
  });

  test('has accounts of organisation admins in it that its admin does not touch', async () => {
    await admin.client.user.setGroup.mutate({ id: admin.id, group: mild });
    const secrets = { pop3Password: 'secret' };
    const { id } = await admin.client.account.add.mutate({ settings: sampleSettings(), secrets });
    const refused = await refusal(bea.client.health.fix.mutate({ account: id, interval: 600 }));
    assert.equal(refused.reason, 'admin-of-more');
  });
});
