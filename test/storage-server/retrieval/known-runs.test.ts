import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { checkAccounts } from '../../../storage-server/retrieval/check.ts';
import { Runs } from '../../../storage-server/retrieval/runs.ts';
import { startPop3Server } from '../../fakes/pop3-server.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { makeAccount, makeFakeProfile, makeRunCore, type FakeProfile } from './fake-profile.ts';
import { makeMessages, openTestStore, USER, type TestStore } from './store.ts';

const MAILS = makeMessages(40);

describe('runs and what is known of a server', () => {
  const temp = makeTempDir('known-runs');
  let store: TestStore;
  let profile: FakeProfile;
  let runs: Runs;
  before(async () => {
    mkdirSync(join(temp.path, 'spool'));
    store = await openTestStore(temp.path);
    profile = makeFakeProfile();
    runs = new Runs(makeRunCore(store, profile), temp.path);
  });
  after(async () => {
    await runs.close();
    await store.close();
    temp.remove();
  });

  test('CAPA is asked by the first run only; an idle poll is one packet and QUIT', async (t) => {
    const server = await startPop3Server({ messages: MAILS });
    t.after(async () => await server.close());
    profile.accounts.set('acc_a', makeAccount(server.port));
    const check = async () =>
      await checkAccounts({ home: store.home, profile: profile.client, runs }, USER, 'acc_a');
    assert.equal((await check())[0]?.new, MAILS.length);
    server.commands.length = 0;
    assert.deepEqual([(await check())[0]?.new, (await check())[0]?.error], [0, null]);
    const verbs = server.commands.map((line) => line.split(' ')[1]);
    assert.deepEqual(verbs, ['USER', 'PASS', 'UIDL', 'LIST', 'QUIT', 'USER', 'PASS', 'UIDL', 'LIST', 'QUIT']);
  });

  test('a server that breaks off at its 20th command in a row: all mail is here after one check, none of it twice', async (t) => {
    const messages = MAILS.map((mail) =>
      Buffer.concat([Buffer.from('X-Other: 1\r\n'), mail, Buffer.from('more\r\n')]),
    );
    const server = await startPop3Server({
      messages,
      script: (connection) => connection.nth === 20 && (connection.socket.destroy(), true),
    });
    t.after(async () => await server.close());
    profile.accounts.set('acc_b', makeAccount(server.port, {}, 'alice'));
    const [checked] = await checkAccounts({ home: store.home, profile: profile.client, runs }, USER, 'acc_b');
    assert.deepEqual([checked?.error, checked?.new], [null, MAILS.length]);
    assert.equal(server.connections, 2);
    const sent = (count: number, verb: string): number =>
      server.commands.filter((line) => line.startsWith(`${count} ${verb}`)).length;
    assert.ok(sent(1, 'RETR') >= 20);
    // What came in whole before the break was stored, and is not asked for again.
    assert.equal(sent(2, 'RETR'), MAILS.length - 19);
  });
});
