import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { checkAccounts } from '../../../storage-server/retrieval/check.ts';
import { Runs } from '../../../storage-server/retrieval/runs.ts';
import { startPop3Server, type FakePop3, type FakePop3Options } from '../../fakes/pop3-server.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { makeAccount, makeFakeProfile, makeRunCore, type FakeProfile } from './fake-profile.ts';
import { makeMessages, openTestStore, USER, type TestStore } from './store.ts';

const MAILS = makeMessages(10);

describe('check now', () => {
  let temp: ReturnType<typeof makeTempDir>;
  let store: TestStore;
  let profile: FakeProfile;
  let runs: Runs;
  const servers: FakePop3[] = [];
  beforeEach(async () => {
    temp = makeTempDir('check');
    mkdirSync(join(temp.path, 'spool'));
    store = await openTestStore(temp.path);
    profile = makeFakeProfile();
    runs = new Runs(makeRunCore(store, profile), temp.path);
  });
  afterEach(async () => {
    await runs.close();
    for (const server of servers.splice(0)) await server.close();
    await store.close();
    temp.remove();
  });

  async function serve(options: FakePop3Options): Promise<FakePop3> {
    const server = await startPop3Server(options);
    servers.push(server);
    return server;
  }
  const check = async (account: string | null = null) =>
    await checkAccounts({ home: store.home, profile: profile.client, runs }, USER, account);

  test('every account has its own answer; one that fails holds no other up', async () => {
    const good = await serve({ messages: MAILS });
    const bad = await serve({ greet: (connection) => connection.say('-ERR not today') });
    profile.accounts.set('acc_a', makeAccount(good.port));
    profile.accounts.set('acc_b', makeAccount(bad.port, {}, 'bob'));
    const checked = new Map((await check()).map((one) => [one.id, one]));
    assert.deepEqual([checked.get('acc_a')?.new, checked.get('acc_a')?.error], [10, null]);
    assert.equal(checked.get('acc_a')?.email, 'alice@example.org');
    assert.equal(
      checked.get('acc_a')?.bytes,
      MAILS.reduce((sum, mail) => sum + mail.length, 0),
    );
    assert.deepEqual(
      [checked.get('acc_b')?.error?.code, checked.get('acc_b')?.error?.serverLine],
      ['server-error', '-ERR not today'],
    );
    assert.equal((await store.listInbox()).length, 10);
  });

  test('a check during a poll joins it, and what came meanwhile is there too', async () => {
    let release: (() => void) | null = null;
    const listed = new Promise<void>((resolve) => (release = resolve));
    const held: (() => void)[] = [];
    const server = await serve({
      messages: MAILS.slice(0, 6),
      script: (connection, verb, rest) => {
        if (verb !== 'RETR' || connection.count > 1 || rest !== '1') return false;
        release?.();
        held.push(() => connection.write(`+OK\r\n${MAILS[0]!.toString('latin1')}.\r\n`));
        return true;
      },
    });
    profile.accounts.set('acc_a', makeAccount(server.port));
    const { leases } = await profile.client.schedule.take.mutate({
      user: USER,
      accounts: ['acc_a'],
      purpose: 'check',
    });
    const running = runs.start(leases[0]!);
    await listed;
    server.messages.push(...MAILS.slice(6));
    const checking = check('acc_a');
    for (const answer of held) answer();
    await running;
    const [checked] = await checking;
    assert.deepEqual([checked?.new, checked?.error], [10, null]);
    assert.equal((await store.listInbox()).length, 10);
  });

  test('an account of nobody’s is not found', async () => {
    await assert.rejects(check('acc_x'), (error) => error instanceof MailError && error.code === 'not-found');
  });
});
