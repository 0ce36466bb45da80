import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { takeNumber } from '../../profile-server/counter-store.ts';
import { putItem, takeRevision } from '../../profile-server/profile/profile-store.ts';
import { takeLease } from '../../profile-server/schedule/lease-store.ts';
import { addRevocation, readRevocations } from '../../profile-server/session/revocation-store.ts';
import { addSession, findLiveSession, rotateSession } from '../../profile-server/session/session-store.ts';
import { countWrong, readTries } from '../../profile-server/password/tries/try-store.ts';
import { addUser, findUserByName } from '../../profile-server/user/user-store.ts';
import { makeDataKey } from '../../profile-server/vault/keep-secret.ts';
import { makeMasterKey } from '../../profile-server/vault/master-key.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { onBothEngines } from './engines.ts';

const NOW = 1_800_000_000_000;

onBothEngines('stores of the profile-server', (engine) => {
  let db: Database;
  before(async () => {
    db = await engine.open();
  });
  const tools = { masterKey: makeMasterKey(randomBytes(32), randomBytes), random: randomBytes };

  const addTestUser = async (id: string, name = id): Promise<boolean> =>
    await db.write(
      async (tx) =>
        await addUser(tx, {
          id,
          name,
          name_key: name.toLowerCase(),
          password: '',
          admin: 0,
          disabled: 0,
          home: 'storage_1',
          revision: 0,
          data_key: makeDataKey(tools, id),
          created_at: NOW,
        }),
    );

  test('a name belongs to one, and is found by exactly that name', async () => {
    assert.equal(await addTestUser('user_jose', 'josé'), true);
    assert.equal(await addTestUser('user_other', 'josé'), false);
    assert.equal(await addTestUser('user_plain', 'jose'), true);
    assert.equal((await findUserByName(db.read, 'josé'))?.id, 'user_jose');
    assert.equal((await findUserByName(db.read, 'jose'))?.id, 'user_plain');
    assert.equal(await findUserByName(db.read, 'JOSE'), undefined);
  });

  test('numbers of a counter are given once, without a gap, however many ask', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 30 }, async () => await db.write(async (tx) => await takeNumber(tx, 'change'))),
    );
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, at) => at + 1),
    );
  });

  test('a follower of revocations misses none while others write', async () => {
    const seen: string[] = [];
    let seq = 0;
    const writing = Promise.all(
      Array.from(
        { length: 40 },
        async (_, n) =>
          await db.write(async (tx) => await addRevocation(tx, { kind: 'session', id: `s${n}`, at: NOW })),
      ),
    );
    let done = false;
    void writing.finally(() => (done = true));
    for (let last = false; !last;) {
      last = done;
      const news = await readRevocations(db.read, seq);
      seen.push(...news.revoked.map((revocation) => revocation.id));
      seq = news.seq;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    assert.equal(seen.length, 40);
    assert.equal(new Set(seen).size, 40);
    assert.equal(
      (await readRevocations(db.read, 1_000_000)).revoked.length,
      40,
      'after a restore all is told',
    );
  });

  test('a maildrop is leased to one at a time', async () => {
    const take = async (n: number, now: number): Promise<boolean> =>
      await db.write(
        async (tx) =>
          await takeLease(
            tx,
            {
              maildrop: 'drop',
              id: `lease_${n}_${now}`,
              account: `acc_${n}`,
              user: 'user_1',
              host: 'pop.example.org',
              part: 'storage_1',
              revision: 1,
              purpose: 'poll',
              due_before: now,
              expires_at: now + 90_000,
            },
            now,
          ),
      );
    const count = (answers: boolean[]): number => answers.filter(Boolean).length;
    const all = Array.from({ length: 12 }, (_, n) => n);
    assert.equal(count(await Promise.all(all.map(async (n) => await take(n, NOW)))), 1);
    assert.equal(await take(99, NOW + 89_999), false);
    assert.equal(count(await Promise.all(all.map(async (n) => await take(n, NOW + 90_000)))), 1);
  });

  test('a session rotates once for each generation', async () => {
    await addTestUser('user_session');
    const session = {
      id: 'ses_1',
      user: 'user_session',
      client: null,
      address: '127.0.0.1',
      remember: 0,
      cookie: 0,
      salt: 'salt',
      generation: 1,
      rotated_at: NOW,
      created_at: NOW,
      last_seen: NOW,
      expires_at: NOW + 1000,
      lab: 0,
      idle_after: null,
      room: null,
      pc: null,
      outer_factor: 0,
    };
    await db.write(async (tx) => await addSession(tx, session));
    const next = { now: NOW, expiresAt: NOW + 2000, address: '127.0.0.2' };
    const answers = await Promise.all(
      [1, 2, 3].map(async () => await db.write(async (tx) => await rotateSession(tx, session, next))),
    );
    assert.deepEqual(answers.filter(Boolean), [true]);
    assert.equal((await findLiveSession(db.read, 'ses_1', NOW + 1999))?.user, 'user_session');
    assert.equal(await findLiveSession(db.read, 'ses_1', NOW + 2000), undefined);
  });

  test('every wrong password of many at once counts, until they are forgotten', async () => {
    const count = async (now: number) =>
      await db.write(async (tx) => await countWrong(tx, 'who', now, now - 1000));
    await Promise.all(Array.from({ length: 10 }, async () => await count(NOW)));
    assert.deepEqual(await readTries(db.read, 'who'), { wrong: 10, lastAt: NOW });
    assert.deepEqual(await count(NOW + 999), { wrong: 11, lastAt: NOW + 999 });
    assert.deepEqual(await count(NOW + 1999), { wrong: 1, lastAt: NOW + 1999 });
  });

  test('every change of the profile leaves a line: before, after, who and when', async () => {
    await addTestUser('user_history');
    for (const value of ['"dark"', '"light"', null]) {
      await db.write(async (tx) => {
        const revision = await takeRevision(tx, 'user_history');
        const item = { user: 'user_history', part: 'preferences' as const, id: 'theme', revision, value };
        await putItem(tx, { ...item, session: 'ses_1', at: NOW + revision });
      });
    }
    const lines = await db.read.all(
      `SELECT revision, value_before, value_after, session, at FROM profile_history
        WHERE user = 'user_history' ORDER BY revision`,
    );
    const who = { session: 'ses_1' };
    assert.deepEqual(
      lines.map((line) => ({ ...(line as object) })),
      [
        { revision: 1, value_before: null, value_after: '"dark"', ...who, at: NOW + 1 },
        { revision: 2, value_before: '"dark"', value_after: '"light"', ...who, at: NOW + 2 },
        { revision: 3, value_before: '"light"', value_after: null, ...who, at: NOW + 3 },
      ],
    );
  });
});
