import assert from 'node:assert/strict';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { makeReport } from '../../../profile-server/statistics/make-report.ts';
import { closeMonths } from '../../../profile-server/statistics/close-months.ts';
import { packMonth, unpackMonth } from '../../../profile-server/statistics/pack-month.ts';
import { listPeriods, readReport } from '../../../profile-server/statistics/read-report.ts';
import { addReport, removeUserMonths, saveUserMonths } from '../../../profile-server/statistics/use-store.ts';
import { addUser } from '../../../profile-server/user/user-store.ts';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { startEngine } from '../../harness/engines.ts';
import { makeChance, makeUsers } from './random-use.ts';

const EMPTY = {
  segments: { group: [], provider: [] },
  cells: new Map(),
  names: new Set<string>(),
  patterns: [],
};

test('there is no year while one of its months is still to be reported, and then it is always the same', async () => {
  const engine = await startEngine('sqlite');
  const db = await engine.open(migrations);
  const clock = { now: () => Date.parse('2026-01-20') };
  const server = { db, clock };
  const counts = { google: { inHour: Array.from({ length: 24 }, () => 3) } };
  await db.write(async (tx) => {
    for (let one = 0; one < 12; one++) {
      const id = `user${one}`;
      const first = { password: '', admin: 0, disabled: 0, home: null, revision: 0, created_at: 1 };
      await addUser(tx, { id, name: id, name_key: id, data_key: Buffer.alloc(8), ...first });
      const months = ['2025-11', '2025-12'].map((month) => ({ user: id, month, providers: counts }));
      await saveUserMonths(tx, months);
    }
    await addReport(tx, '2025-11', packMonth(EMPTY), 1);
    await removeUserMonths(tx, '2025-11');
  });
  // December is over since some minutes, and closed at the next look.
  const read = async () => await readReport(server, '2025', { all: true });
  assert.deepEqual((await listPeriods(server)).periods, ['2025-11']);
  await assert.rejects(read(), { code: 'not-found' });
  await closeMonths({ ...server, log: silentLogger });
  assert.deepEqual((await listPeriods(server)).periods, ['2025-12', '2025-11', '2025']);
  const told = await read();
  assert.equal(told.tables.find(({ measure }) => measure === 'inHour')?.rows[0]?.total, 12 * 24 * 3);
  assert.deepEqual(await read(), told);
  const ofAccounts = async (period: string) =>
    (await readReport(server, period, { all: true })).tables.filter(({ measure }) => measure === 'accounts')
      .length;
  assert.deepEqual(
    [await ofAccounts('2025-12'), await ofAccounts('2025')],
    [1, 0],
    'months of people are no people',
  );
  await db.close();
  await engine.stop();
});

test('others are served while the report of hundreds of groups is made', async () => {
  const users = makeUsers(makeChance(1), 1500, 100, 5);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begun = performance.now();
  const report = unpackMonth(await makeReport(users, 10));
  const taken = performance.now() - begun;
  delay.disable();
  assert.ok(report.names.size > 1000 && report.segments.group.length > 50);
  const longest = delay.max / 1e6;
  assert.ok(longest < taken / 2, `nobody was served for ${longest} ms of ${taken} ms`);
});
