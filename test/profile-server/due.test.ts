import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DueHosts } from '../../profile-server/schedule/due-hosts.ts';
import { listHosts, listNextOfHost, moveDue } from '../../profile-server/schedule/due-store.ts';
import { addPoll } from '../../profile-server/schedule/poll-store.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { onBothEngines } from './engines.ts';
import { NOW } from './sample-poll.ts';

onBothEngines('what is due, by host', (engine) => {
  let db: Database;
  before(async () => {
    db = await engine.open();
    await add('late', 'a.example.org', NOW - 2000);
    await add('later', 'a.example.org', NOW - 1000);
    await add('paused', 'a.example.org', null);
    await add('soon', 'b.example.org', NOW + 1000);
    await add('never', 'c.example.org', null);
    await add('foreign', 'd.example.org', NOW - 5000, 'storage_2');
    for (let n = 0; n < 20; n++) await add(`many${n}`, 'e.example.org', NOW + n);
  });
  const add = async (account: string, host: string, nextAt: number | null, home = 'storage_1') =>
    await db.write(
      async (tx) =>
        await addPoll(tx, {
          account,
          user: 'user_1',
          home,
          maildrop: account,
          host,
          least_seconds: 300,
          adaptive: 0,
          paused: 0,
          next_at: nextAt,
        }),
    );
  const plain = <T>(rows: readonly T[]): T[] => rows.map((row) => ({ ...row }));

  test('each host of a home with the first that is due there', async () => {
    assert.deepEqual(plain(await listHosts(db.read, 'storage_1')), [
      { host: 'a.example.org', next_at: NOW - 2000 },
      { host: 'b.example.org', next_at: NOW + 1000 },
      { host: 'e.example.org', next_at: NOW },
    ]);
    assert.deepEqual(plain(await listHosts(db.read, 'storage_2')), [
      { host: 'd.example.org', next_at: NOW - 5000 },
    ]);
    assert.deepEqual(await listHosts(db.read, 'storage_none'), []);
  });

  test('the accounts of a host, those that have waited longest first', async () => {
    const list = async (host: string, limit: number) =>
      (await listNextOfHost(db.read, 'storage_1', host, limit)).map(({ account }) => account);
    assert.deepEqual(await list('a.example.org', 5), ['late', 'later']);
    assert.deepEqual(await list('e.example.org', 2), ['many0', 'many1']);
    assert.deepEqual(await list('d.example.org', 2), [], 'of another home');
  });

  test('of many that move an account at once, one does', async () => {
    const moved = await Promise.all(
      Array.from(
        { length: 8 },
        async (_, n) =>
          await db.write(
            async (tx) =>
              await moveDue(
                tx,
                { account: 'soon', next_at: NOW + 1000 },
                { next_at: NOW + 5000 + n, allowed_at: null },
              ),
          ),
      ),
    );
    assert.equal(moved.filter(Boolean).length, 1);
  });

  test('what is known of hosts is read again when accounts were changed, and keeps what was told meanwhile', async () => {
    const hosts = new DueHosts();
    await hosts.look(db.read, 'storage_1', false);
    assert.deepEqual(hosts.list('storage_1', NOW), ['a.example.org', 'e.example.org']);
    await add('fresh', 'f.example.org', NOW - 9000);
    await hosts.look(db.read, 'storage_1', false);
    assert.equal(hosts.list('storage_1', NOW).length, 2, 'read a moment ago');
    hosts.forget();
    const looking = hosts.look(db.read, 'storage_1', false);
    hosts.tell('storage_1', 'g.example.org', NOW - 10_000);
    await looking;
    assert.deepEqual(hosts.list('storage_1', NOW).slice(0, 2), ['g.example.org', 'f.example.org']);
  });
});
