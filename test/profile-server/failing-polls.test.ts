import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE, SECOND } from '../../common/time.ts';
import { onBothEngines } from './engines.ts';
import { registerUser, sampleSettings, type TestUser } from './sample.ts';
import { failure } from './sample-poll.ts';
import { type EnrolledPart, type RunningServer, startServer } from './start-server.ts';

onBothEngines('polls that fail', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    home = await running.enrolHome();
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());

  const add = async (host: string): Promise<string> => {
    const settings = sampleSettings({ pop3: { ...sampleSettings().pop3, host } });
    const { id } = await ana.client.account.add.mutate({ settings, secrets: { pop3Password: 's' } });
    running.clock.advance(5 * SECOND);
    return id;
  };
  /** When it is tried again. */
  const fail = async (
    account: string,
    leases: readonly { id: string; account: string }[],
  ): Promise<number> => {
    const lease = leases.find((one) => one.account === account);
    assert.ok(lease !== undefined, 'it is due');
    await home.client.schedule.report.mutate({ lease: lease.id, result: failure('server-error') });
    const shown = await ana.client.account.get.query({ id: account });
    assert.equal(shown.state, 'failing');
    return Date.parse(shown.nextTry ?? '');
  };

  // WEB.DE lets nobody in again within twelve minutes.
  for (const [host, minutes] of [
    ['fails.example.org', [10, 20, 40, 80]],
    ['pop3.web.de', [24, 48, 96, 192]],
  ] as const) {
    test(`are tried again later and later: ${host}`, async () => {
      const account = await add(host);
      for (const least of minutes) {
        const { leases } = await home.client.schedule.claim.mutate({ max: 50, wait: false });
        const wait = (await fail(account, leases)) - running.clock.now();
        assert.ok(wait >= least * MINUTE && wait <= 1.1 * least * MINUTE, `${wait / MINUTE} for ${least}`);
        running.clock.advance(wait + SECOND);
      }
      await ana.client.account.remove.mutate({ id: account });
    });
  }

  test('are put off no further by who asks in between', async () => {
    const account = await add('asked.example.org');
    const { leases } = await home.client.schedule.claim.mutate({ max: 50, wait: false });
    const due = await fail(account, leases);
    for (let asked = 0; asked < 3; asked += 1) {
      running.clock.advance(MINUTE);
      const taken = await home.client.schedule.take.mutate({
        user: ana.id,
        accounts: [account],
        purpose: 'check',
      });
      assert.equal(await fail(account, taken.leases), due);
    }
    running.clock.advance(due - running.clock.now() + SECOND);
    const again = await home.client.schedule.claim.mutate({ max: 50, wait: false });
    assert.ok((await fail(account, again.leases)) - running.clock.now() >= 19 * MINUTE);
  });
});
