import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DAY, HOUR } from '../../../common/time.ts';
import { ROOT } from '../../harness/server-process.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

describe('the log of every use of a secret', () => {
  let running: RunningServer;
  let home: EnrolledPart;
  let relay: EnrolledPart;
  let ana: TestUser;
  let bea: TestUser;
  let account: string;
  before(async () => {
    running = await startServer();
    home = await running.enrolHome();
    relay = await running.enrol('smtp-relay');
    const setupCode = running.server.setupCode() ?? '';
    ana = await registerUser(running, 'ana', { setupCode });
    bea = await registerUser(running, 'bea');
    const smtp = { host: 'smtp.example.org', port: 587, tls: 'starttls', user: 'a', auth: 'auto' } as const;
    const settings = sampleSettings({ send: { way: 'smarthost', smtp } });
    const secrets = { pop3Password: 'one', smtpPassword: 'two' };
    account = (await bea.client.account.add.mutate({ settings, secrets })).id;
  });
  after(async () => await running.stop());

  const listUses = async () => (await bea.client.credential.uses.query({ account })).uses;

  test('every way on which a part or a person gets a secret leaves a line', async () => {
    const ways: Record<string, () => Promise<unknown>> = {
      retrieve: async () => {
        running.clock.advance(10 * 60_000);
        const { leases } = await home.client.schedule.claim.mutate({ max: 1, wait: false });
        const lease = leases[0]?.id ?? '';
        await home.client.credential.use.mutate({ lease, account, purpose: 'retrieve' });
        const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
        await home.client.schedule.report.mutate({ lease, result });
      },
      test: async () => {
        const taking = { user: bea.id, accounts: [account], purpose: 'test' as const };
        const { leases } = await home.client.schedule.take.mutate(taking);
        const lease = leases[0]?.id ?? '';
        await home.client.credential.use.mutate({ lease, account, purpose: 'test' });
      },
      submit: async () =>
        await relay.client.credential.submit.mutate({ queueId: 'queue_1', user: bea.id, account }),
      'submit-test': async () => await home.client.credential.submitTest.mutate({ user: bea.id, account }),
      export: async () => {
        const passphrase = 'a passphrase for the file';
        await bea.client.profile.exportSecrets.mutate({ password: PASSWORD, passphrase });
      },
    };
    for (const [purpose, use] of Object.entries(ways)) {
      const before = (await listUses()).length;
      await use();
      const after = await listUses();
      assert.ok(after.length > before, purpose);
      assert.equal(after[0]?.purpose, purpose);
      running.clock.advance(1000);
    }
    const [exported, , submitted] = await listUses();
    assert.equal(exported?.kind, 'profile-server');
    assert.ok(submitted !== undefined);
  });

  test('the code has no other way: whoever opens one says why, and `within` hands nothing out', () => {
    const within: string[] = [];
    for (const file of globSync('profile-server/**/*.ts', { cwd: ROOT })) {
      const text = readFileSync(join(ROOT, file), 'utf8');
      if (/FROM credential\b/.test(text))
        assert.match(file, /vault\/credential-store|transfer\/backup-store/);
      if (text.includes("'within'")) within.push(file);
    }
    assert.deepEqual(within.toSorted(), [
      // The access token: recorded by whoever it is handed to.
      'profile-server/oauth/token/access-token.ts',
      'profile-server/oauth/token/keep-tokens.ts',
      'profile-server/vault/keep-secret.ts',
    ]);
  });

  test('it pages, is the owner’s alone, and admins get sums by hour', async () => {
    const first = await bea.client.credential.uses.query({ account, limit: 2 });
    const second = await bea.client.credential.uses.query({ account, limit: 2, before: first.next });
    const all = await listUses();
    assert.deepEqual([...first.uses, ...second.uses], all.slice(0, 4));
    assert.equal((await refusal(ana.client.credential.uses.query({ account }))).code, 'not-found');
    const own = await refusal(bea.client.credential.countUses.query({ user: bea.id }));
    assert.equal(own.code, 'forbidden');
    const { counts } = await ana.client.credential.countUses.query({ user: bea.id });
    assert.equal(
      counts.reduce((sum, { uses }) => sum + uses, 0),
      all.length,
    );
    assert.deepEqual(Object.keys(counts[0] ?? {}).toSorted(), ['hour', 'part', 'purpose', 'uses']);
    assert.ok(counts.every(({ hour }) => Date.parse(hour) % HOUR === 0));
    assert.deepEqual(await ana.client.credential.countUses.query({ user: null }), { counts });
  });

  test('lines are kept 30 days, sums stay', async () => {
    const signIn = async () => {
      const signedIn = await running.client().session.signIn.mutate({ name: 'bea', password: PASSWORD });
      assert.ok(!('step' in signedIn));
      return running.client(signedIn.tokens.profile);
    };
    running.clock.advance(29 * DAY);
    await running.restart();
    assert.ok((await (await signIn()).credential.uses.query({ account })).uses.length > 0);
    running.clock.advance(2 * DAY);
    await running.restart();
    const client = await signIn();
    // The clean-up of the start runs beside.
    for (let n = 0; (await client.credential.uses.query({ account })).uses.length > 0; n++) {
      assert.ok(n < 500);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
});
