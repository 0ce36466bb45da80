import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { UseReport } from '../../common/shapes/use.ts';
import { LEAST_USERS } from '../../profile-server/statistics/close-months.ts';
import { listPeriods, readReport } from '../../profile-server/statistics/read-report.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../harness/engines.ts';
import { makeChance } from '../profile-server/statistics/random-use.ts';
import { countTruth, makePeople, type Truth } from './use-year-people.ts';
import { endOfMonth, startYear, type YearRig } from './use-year-rig.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const SCALE = FULL
  ? { people: 200, groups: 6, months: 12, mails: 25 }
  : { people: 30, groups: 2, months: 2, mails: 6 };
const SEED = Number(process.env['VALIJA_SEED'] ?? Date.now() % 1_000_000);

for (const engine of FULL ? ENGINES.slice(0, 1) : ENGINES) {
  const title = `${SCALE.people} people in ${SCALE.months} months, whose truth is known (${engine})`;
  describe(title, { skip: missingEngine(engine) }, () => {
    const people = makePeople(makeChance(SEED), SCALE);
    let servers: TestEngine;
    let year: YearRig;
    before(async () => {
      servers = await startEngine(engine);
      year = await startYear(servers, people);
    });
    after(async () => {
      await year.stop();
      await servers.stop();
    });

    test('what is shown is true, and tells of no few', { timeout: 3_000_000 }, async (t) => {
      t.diagnostic(`seed ${SEED} (VALIJA_SEED=${SEED} repeats it)`);
      for (let month = 0; month < SCALE.months; month++) await year.liveUntil(endOfMonth(month));
      const server = { db: year.profile, clock: year.clock };
      const { periods } = await listPeriods(server);
      const months = periods.filter((period) => period.length === 7);
      assert.equal(months.length, SCALE.months, String(months));
      assert.equal(periods.includes('2025'), FULL, 'a year is told of when it is over');
      let shown = 0;
      let hidden = 0;
      for (const period of periods) {
        const truth = countTruth(people, period);
        const counted = compare(await readReport(server, period, { all: true }), truth);
        shown += counted.shown;
        hidden += counted.hidden;
      }
      t.diagnostic(`${periods.length} periods: ${shown} cells shown, all true; ${hidden} hidden`);
      assert.ok(shown > 50);
      assert.ok(hidden > 100);
      const left = await year.profile.read.all('SELECT user FROM use_month WHERE month <= ?', [
        months[0] ?? '',
      ]);
      assert.deepEqual(left, [], 'of single people nothing is kept');
    });
  });
}

/** Each shown cell is what the truth says, and stands for enough people; small providers stand together. */
function compare(report: UseReport, truth: Truth): { shown: number; hidden: number } {
  const listed = new Set(
    report.tables.find(({ kind }) => kind === 'provider')?.rows.map(({ segment }) => segment),
  );
  let shown = 0;
  let hidden = 0;
  for (const { kind, measure, rows } of report.tables) {
    for (const { segment, classes, total } of rows) {
      for (const [bucket, value] of [...classes, total].entries()) {
        if (value === null) {
          hidden += 1;
          continue;
        }
        shown += 1;
        const which = bucket === classes.length ? '*' : String(bucket);
        const found = findTruth(truth, { kind, segment, measure, which, listed });
        const where = `${report.period} ${kind} ${segment ?? 'all'} ${measure} ${which}`;
        assert.equal(value, found.value, where);
        if (report.period.length === 7) {
          assert.ok(found.people.size >= LEAST_USERS, `${where} shows ${found.people.size} people`);
        }
      }
    }
  }
  return { shown, hidden };
}

function findTruth(
  truth: Truth,
  place: {
    kind: string;
    segment: string | null;
    measure: string;
    which: string;
    listed: Set<string | null | undefined>;
  },
): { value: number; people: Set<string> } {
  const { kind, segment, measure, which, listed } = place;
  const end = ` ${measure} ${which}`;
  if (segment !== 'other')
    return truth.get(`${kind} ${segment ?? '*'}${end}`) ?? { value: 0, people: new Set() };
  const sum = { value: 0, people: new Set<string>() };
  for (const [name, cell] of truth) {
    const [own, provider = ''] = name.split(' ');
    if (own !== 'provider' || provider === '*' || listed.has(provider) || !name.endsWith(end)) continue;
    sum.value += cell.value;
    for (const person of cell.people) sum.people.add(person);
  }
  return sum;
}
