import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import { HOUR } from '../../../common/time.ts';
import type { StorageRouter } from '../../../storage-server/router.ts';
import { type FakeSmtp, startFakeSmtp } from '../../fakes/smtp-server.ts';
import { makeUserClient } from '../../harness/relay.ts';
import { makeContent, waitFor } from './post-office.ts';
import { type RealWorld, startRealWorld } from './real-world.ts';
import { expectSession } from '../../harness/expect-session.ts';

suite('what was scheduled by a user who is away, on real servers', () => {
  let next: FakeSmtp;
  let real: RealWorld;
  before(async () => {
    next = await startFakeSmtp();
    real = await startRealWorld({ RELAY_SMARTHOST: `smtp://${next.host}:${next.port}` });
  });
  after(async () => {
    await real?.stop();
    await next?.close();
  });
  const schedule = async (from: string): Promise<string> => {
    const draft = makeContent({ identity: null, from, subject: from });
    const { id } = await real.alice.draft.save.mutate({ id: null, base: null, draft });
    const at = new Date(real.world.clock.now() + HOUR).toISOString();
    const status = await real.alice.sending.send.mutate({ draft: id, undo: 0, at, key: null });
    assert.equal(status.state, 'scheduled');
    return id;
  };

  test('leaves though all sessions ended and the home was restarted; without its account it stays, with a reason', async () => {
    await real.world.addAccount('alice@stays.test');
    const goes = await real.world.addAccount('alice@goes.test');
    const [stayed, gone] = [await schedule('alice@stays.test'), await schedule('alice@goes.test')];
    const user = await real.world.asUser();
    await user.account.remove.mutate({ id: goes });
    await user.session.end.mutate({ others: true });
    await user.session.signOut.mutate();
    await assert.rejects(user.session.whoami.query(), 'nobody is signed in');
    await real.home.stop();
    // Else it would not know for a while what was revoked in those hours.
    await real.relay.stop();
    real.world.clock.advance(2 * HOUR);
    real.relay = await real.world.startRelay();
    await real.restartHome();
    await waitFor(async () => next.mails.length === 1);
    assert.match(next.mails[0]!.raw.toString(), /^Subject: alice@stays\.test\r$/m);

    const { tokens } = await expectSession(
      makeUserClient(real.world.profile.url, null).session.signIn.mutate({
        name: 'alice',
        password: 'a long enough password 1',
      }),
    );
    const headers = { authorization: `Bearer ${tokens.storage}` };
    const url = new URL('/trpc', real.home.url).href;
    const alice = createTRPCClient<StorageRouter>({ links: [httpLink({ url, headers })] });
    await waitFor(async () => (await alice.sending.status.query({ id: stayed })).state === 'sent');
    await waitFor(async () => (await alice.sending.status.query({ id: gone })).state === 'failed');
    const { recipients } = await alice.sending.status.query({ id: gone });
    assert.deepEqual([recipients[0]?.state, recipients[0]?.reason], ['failed', 'route-refused/sender-gone']);
    const { mails } = await alice.mail.list.query({ mailbox: 'sent' });
    const flags = new Map(mails.map((row) => [row.id, row.flags]));
    assert.deepEqual([flags.get(stayed), flags.get(gone)], [['seen'], []]);
    assert.equal(next.mails.length, 1);
  });
});
