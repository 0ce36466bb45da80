import assert from 'node:assert/strict';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { makeReport } from '../../../profile-server/statistics/make-report.ts';
import { unpackMonth } from '../../../profile-server/statistics/pack-month.ts';
import { makeChance, makeUsers } from './random-use.ts';

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
