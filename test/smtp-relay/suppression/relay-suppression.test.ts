import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { RelayRouter } from '../../../smtp-relay/router.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../../harness/relay-sending.ts';

let sending: RelaySending;

before(async () => {
  sending = await startRelaySending();
});
after(async () => await sending?.stop());

function makeClient(token: string | null) {
  const { href, origin } = new URL('/trpc', sending.relay.url);
  const headers = token === null ? { origin } : { authorization: `Bearer ${token}` };
  return createTRPCClient<RelayRouter>({ links: [httpLink({ url: href, headers })] });
}
const refused = (code: string) => (error: { data?: { valija?: { code?: string } } }) =>
  error.data?.valija?.code === code;

test('an address that is unknown there fails at once the next time, without a connection, until it is taken off', async () => {
  let known = false;
  const fake = await sending.startFake({
    script: (connection, verb) =>
      verb === 'RCPT' && !known && (connection.say('550 5.1.1 no such user'), true),
  });
  const from = await sending.addSender(fake.port);
  const send = async (key: string, to: string[], results: number) =>
    statusesOf(await sending.sendAndTake({ from, to, key }, results)).map((one) => [
      one.address,
      one.state,
      one.reason,
      one.serverLine,
    ]);
  const line = '550 5.1.1 no such user';
  assert.deepEqual(await send('first', ['gone@x.test'], 2), [
    ['gone@x.test', 'failed', 'recipient-refused/unknown-user', line],
  ]);
  const asked = fake.commands.length;
  known = true;
  assert.deepEqual(await send('second', ['gone@X.test'], 2), [
    ['gone@X.test', 'failed', 'recipient-refused/suppressed', line],
  ]);
  assert.equal(fake.commands.length, asked, 'nobody was asked');
  assert.deepEqual(
    (await send('third', ['gone@x.test', 'other@x.test'], 3)).toSorted((a, b) =>
      String(a[0]).localeCompare(String(b[0])),
    ),
    [
      ['gone@x.test', 'failed', 'recipient-refused/suppressed', line],
      ['other@x.test', 'accepted', null, '250 2.0.0 taken as fake-1'],
    ],
  );
  const user = makeClient(await sending.world.tokenForRelay());
  const { suppressions } = await user.suppression.list.query({});
  assert.deepEqual(
    suppressions.map(({ address, reason, times }) => [address, reason, times]),
    [['gone@x.test', 'recipient-refused/unknown-user', 1]],
  );
  const home = sending.world.asHome(sending.relay);
  const mine = { user: sending.world.user };
  const explained = await home.route.explain.query({ ...mine, from, to: 'gone@X.test' });
  assert.deepEqual([explained.allowed, explained.reason], [true, 'suppressed']);
  assert.deepEqual(await home.suppression.list.query(mine), { suppressions });
  assert.deepEqual(await home.suppression.remove.mutate({ ...mine, addresses: ['gone@x.test'] }), {
    removed: 1,
  });
  assert.deepEqual(await user.suppression.list.query({}), { suppressions: [] });
  assert.equal((await send('fourth', ['gone@x.test'], 1))[0]?.[1], 'accepted');
});

test('nobody sees or changes what another user’s mails met', async () => {
  const bob = await sending.world.addUser('bob');
  const user = makeClient(await sending.world.tokenForRelay());
  const home = sending.world.asHome(sending.relay);
  await assert.rejects(user.suppression.list.query({ user: bob }), refused('forbidden'));
  await assert.rejects(
    user.suppression.remove.mutate({ user: bob, addresses: ['a@x.test'] }),
    refused('forbidden'),
  );
  await assert.rejects(home.suppression.list.query({}), refused('invalid'));
  await assert.rejects(makeClient(null).suppression.list.query({}), refused('not-signed-in'));
});
