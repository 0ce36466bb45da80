import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import type { Call } from '../../command/call.ts';
import { ask, connect } from '../../command/server/connection.ts';
import { WORDS } from '../../command/words/words.ts';
import { PASSWORD, registerUser, type TestUser } from '../profile-server/sample.ts';
import { startServer, type RunningServer } from '../profile-server/start-server.ts';

// A command that signs in by itself and takes longer than an access token lives, such as the export of years of mail.
let running: RunningServer;
let ana: TestUser;
before(async () => {
  running = await startServer();
  ana = await registerUser(running, 'ana');
});
after(async () => await running.stop());

const call = (): Call => ({
  typed: { words: [], text: () => undefined, texts: () => [], has: () => false },
  env: { VALIJA_SERVER: running.url, VALIJA_USER: 'ana', VALIJA_PASSWORD: PASSWORD },
  json: true,
  language: () => 'en',
  words: () => WORDS.en,
  setUserLanguage: () => undefined,
  connect: async () => await connect(call()),
  note: () => undefined,
});
const countSessions = async (): Promise<number> => (await ana.client.session.list.query()).sessions.length;

test('goes on after its access token, and ends its session all the same', async () => {
  const connection = await connect(call());
  for (let times = 0; times < 3; times++) {
    running.clock.advance(20 * MINUTE);
    const asked = [1, 2, 3].map(async () => await connection.profile.session.whoami.query());
    assert.deepEqual(
      (await Promise.all(asked)).map(({ user }) => user.name),
      ['ana', 'ana', 'ana'],
    );
  }
  assert.equal(await countSessions(), 2);
  running.clock.advance(20 * MINUTE);
  await connection.end();
  assert.equal(await countSessions(), 1);
});

test('goes on also when it has opened what only its user can', async () => {
  const connection = await connect(call());
  await connection.unlock(PASSWORD);
  running.clock.advance(20 * MINUTE);
  assert.equal((await connection.profile.session.whoami.query()).user.name, 'ana');
  await connection.end();
});

test('says that it is signed out where its session was ended elsewhere', async () => {
  const connection = await connect(call());
  await ana.client.session.end.mutate({ others: true });
  await assert.rejects(ask(connection.profile.session.whoami.query()), { code: 'not-signed-in' });
});
