import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import { onBothEngines } from './engines.ts';
import { registerUser, type TestUser } from './sample.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from './start-server.ts';

onBothEngines('which storage-server keeps a user, and which relay clients hear of', (engine) => {
  let running: RunningServer;
  let admin: TestUser;
  const homes: EnrolledPart[] = [];
  const relays: EnrolledPart[] = [];
  const submission = { host: '127.0.0.1', port: 25, tls: false };
  const ask = async (part: EnrolledPart | undefined): Promise<void> =>
    void (await part?.client.part.list.query());
  const urlOf = (n: number): string => `http://localhost:${n}`;

  before(async () => {
    running = await startServer({ database: engine.setting() });
    for (const n of [1, 2]) {
      homes.push(await running.enrol('storage-server'));
      await homes.at(-1)?.client.part.announce.mutate({ url: urlOf(n), submission: null });
      running.clock.advance(1);
    }
    for (const n of [11, 12]) {
      relays.push(await running.enrol('smtp-relay'));
      await relays.at(-1)?.client.part.announce.mutate({ url: urlOf(n), submission });
      running.clock.advance(1);
    }
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
  });
  after(async () => await running?.stop());

  const register = async (name: string, invite?: string): Promise<string | null> =>
    (await registerUser(running, name, invite === undefined ? {} : { invite })).signedIn.home;
  const counts = async () =>
    (await admin.client.part.list.query()).parts
      .filter(({ kind }) => kind === 'storage-server')
      .map(({ users, newUsers }) => [users, newUsers]);

  test('new users are spread evenly', async () => {
    assert.equal(admin.signedIn.home, urlOf(1));
    assert.deepEqual(
      [await register('u1'), await register('u2'), await register('u3')],
      [2, 1, 2].map(urlOf),
    );
    assert.deepEqual(await counts(), [
      [2, true],
      [2, true],
    ]);
    const { parts } = (await homes[0]?.client.part.list.query()) ?? { parts: [] };
    assert.ok(
      parts.every(({ users, newUsers }) => users === null && newUsers === null),
      'parts need not know',
    );
  });

  test('an invitation may name the home; a part that is none is refused', async () => {
    const home = homes[0]?.id ?? '';
    const first = await admin.client.session.makeInvite.mutate({ home });
    assert.equal(await register('u4', first.invite), urlOf(1));
    assert.equal(await register('u5'), urlOf(2));
    const wrong = await refusal(admin.client.session.makeInvite.mutate({ home: relays[0]?.id ?? '' }));
    assert.deepEqual([wrong.code, wrong.reason], ['not-found', 'storage-server']);
  });

  test('one that takes no new users gets none, as long as there is another', async () => {
    for (const home of homes) await admin.client.part.edit.mutate({ id: home.id, newUsers: true });
    await admin.client.part.edit.mutate({ id: homes[0]?.id ?? '', newUsers: false });
    assert.deepEqual([await register('u6'), await register('u7')], [2, 2].map(urlOf));
    await admin.client.part.edit.mutate({ id: homes[1]?.id ?? '', newUsers: false });
    assert.equal(await register('u8'), urlOf(1), 'a user needs a home');
    await admin.client.part.edit.mutate({ id: homes[0]?.id ?? '', newUsers: true });
    await admin.client.part.edit.mutate({ id: homes[1]?.id ?? '', newUsers: true });
    const wrong = await refusal(admin.client.part.edit.mutate({ id: relays[0]?.id ?? '', newUsers: false }));
    assert.equal(wrong.code, 'not-found');
  });

  test('nobody is sent to a part that has not been heard of for a minute, while another is there', async () => {
    running.clock.advance(2 * MINUTE);
    await ask(homes[1]);
    await ask(relays[1]);
    const late = await registerUser(running, 'late');
    assert.deepEqual([late.signedIn.home, late.signedIn.relay], [urlOf(2), urlOf(12)]);
    await ask(relays[0]);
    assert.equal((await registerUser(running, 'later')).signedIn.relay, urlOf(11), 'the oldest again');
  });

  test('those of a file are spread too', async () => {
    for (const home of homes) await ask(home);
    const before = await counts();
    const names = Array.from({ length: 400 }, (_, n) => `student${n}`);
    const csv = `name\n${names.join('\n')}\n`;
    assert.equal((await admin.client.user.import.mutate({ csv, dryRun: false })).done, true);
    const came = (await counts()).map(([users], n) => Number(users) - Number(before[n]?.[0]));
    assert.ok(Math.min(...came) >= 160, came.join(' and '));
  });
});
