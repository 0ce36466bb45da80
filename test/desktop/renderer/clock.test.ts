import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { readClock, setClock } from '../../../desktop/renderer/parts/clock.ts';

/** Clocks are read a moment apart. */
const MOMENT = 5000;
const HOUR = 3_600_000;

describe('the clock that is compared with the server’s times', () => {
  afterEach(() => setClock(new Date().toISOString()));
  const cases: [string, number, number][] = [
    ['is the PC’s where they agree', 0, 0],
    ['is the PC’s where only the way of the answer lies between', -15_000, 0],
    ['is the server’s where the PC is behind', 3 * HOUR, 3 * HOUR],
    ['is the server’s where the PC is ahead', -24 * HOUR, -24 * HOUR],
  ];
  for (const [name, told, ahead] of cases) {
    it(name, () => {
      setClock(new Date(Date.now() + told).toISOString());
      assert.ok(Math.abs(readClock() - Date.now() - ahead) < MOMENT);
    });
  }

  it('is the PC’s with a server that tells no time', () => {
    setClock('');
    assert.ok(Math.abs(readClock() - Date.now()) < MOMENT);
  });
});
