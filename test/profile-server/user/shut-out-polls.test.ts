import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE } from '../../../common/time.ts';
import { onBothEngines } from '../engines.ts';
import { untilSettled } from '../layer/sample-layer.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

onBothEngines('what admins do to accounts of who is shut out', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let admin: TestUser;
  let bea: TestUser;

  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    bea = await registerUser(running, 'bea');
    const secrets = { pop3Password: 'secret' };
    await bea.client.account.add.mutate({ settings: sampleSettings({ keep: 'delete' }), secrets });
    await admin.client.user.remove.mutate({ id: bea.id });
  });
  after(async () => await running.stop());

  const claim = async (): Promise<string[]> => {
    running.clock.advance(MINUTE);
    const { leases } = await home.client.schedule.claim.mutate({ max: 5, wait: false });
    return leases.map(({ user }) => user);
  };

  test('a policy that stops them and lets them go on fetches nothing', async () => {
    for (const [base, allowedHosts] of [['*.uni.example'], ['*.example.org']].entries()) {
      await admin.client.policy.set.mutate({ of: 'organisation', base, settings: { allowedHosts } });
      await untilSettled(admin.client);
    }
    assert.deepEqual(await claim(), []);
  });

  test('a host that is mended fetches nothing: the mail would leave the provider and go with its user', async () => {
    const to = { host: 'pop.example.org', port: 110, tls: 'starttls' } as const;
    const report = await admin.client.health.mend.mutate({ from: 'pop.example.org', to, dryRun: false });
    assert.deepEqual([report.changed, report.problems], [1, []]);
    assert.deepEqual(await claim(), []);
  });

  test('brought back, they are due', async () => {
    await admin.client.user.restore.mutate({ id: bea.id });
    assert.deepEqual(await claim(), [bea.id]);
  });
});
