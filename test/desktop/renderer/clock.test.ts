import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { forgetClock, readClock, setClock } from '../../../desktop/renderer/parts/clock.ts';

const HOUR = 3_600_000;
const SERVER = Date.UTC(2026, 10, 22, 10);

describe('the clock that is compared with the server’s times', () => {
  /** What this computer says, and the page's own clock, in ms. */
  let wall = 0;
  let page = 0;
  const pass = (ms: number): void => {
    wall += ms;
    page += ms;
  };
  /** How far the clock in use is from the server's, on which so much has passed since it was SERVER. */
  const apart = (passed = 0): number => readClock() - SERVER - passed;
  const tell = (passed = 0, age = 0): void => setClock(new Date(SERVER + passed).toISOString(), age);

  beforeEach(() => {
    mock.method(Date, 'now', () => wall);
    mock.method(performance, 'now', () => page);
    page = 1000;
  });
  afterEach(() => {
    mock.restoreAll();
    forgetClock();
  });

  const cases: [string, number, number][] = [
    ['is the PC’s where they agree', 0, 0],
    ['is the PC’s where only the way of the answer lies between', 15_000, 15_000],
    ['is the server’s where the PC is behind', -3 * HOUR, 0],
    ['is the server’s where the PC is ahead', 24 * HOUR, 0],
  ];
  for (const [name, wrong, left] of cases) {
    it(name, () => {
      wall = SERVER + wrong;
      tell();
      pass(HOUR);
      assert.equal(apart(HOUR), left);
    });
  }

  it('is the PC’s with a server that tells no time', () => {
    wall = SERVER;
    setClock('');
    assert.equal(readClock(), wall);
  });

  it('is not put back by an answer that lay about, and counts how long one did', () => {
    wall = SERVER - 3 * HOUR;
    tell();
    pass(600_000);
    tell();
    assert.equal(apart(600_000), 0);
    forgetClock();
    tell(0, 600_000);
    assert.equal(apart(600_000), 0);
  });

  it('is the PC’s again when somebody sets that right', () => {
    wall = SERVER + 3 * HOUR;
    tell();
    pass(60_000);
    wall -= 3 * HOUR;
    assert.equal(apart(60_000), 0);
    pass(60_000);
    tell(120_000);
    assert.equal(apart(120_000), 0);
  });

  it('is the server’s after a sleep, in which the page’s own stands still', () => {
    wall = SERVER - 3 * HOUR;
    tell();
    wall += 8 * HOUR;
    assert.equal(apart(8 * HOUR), 0);
  });

  it('is the server’s again with its next answer when somebody sets the PC wrong', () => {
    wall = SERVER;
    tell();
    pass(60_000);
    wall += 5 * HOUR;
    tell(60_000);
    assert.equal(apart(60_000), 0);
  });
});
