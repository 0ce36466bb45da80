import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeHistogram } from '../../../smtp-relay/metrics/histogram.ts';
import { makeMeters } from '../../../smtp-relay/metrics/meters.ts';
import { writeQueue } from '../../../smtp-relay/metrics/write-queue.ts';
import { makeOutcome } from '../../harness/queued-mails.ts';

const NOW = 1_800_000_000_000;

/** The samples alone, by name with labels. */
function readSamples(lines: readonly string[]): Map<string, number> {
  const samples = lines.filter((line) => !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const [, name = '', value = ''] =
        /^([a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})?) (\S+)$/.exec(line) ?? [];
      assert.notEqual(name, '', line);
      return [name, Number(value)];
    }),
  );
}

describe('the relay’s metrics', () => {
  test('a histogram counts each value in all buckets from its own on', () => {
    const histogram = makeHistogram([0.1, 1]);
    for (const seconds of [0.05, 0.1, 0.5, 7]) histogram.observe(seconds);
    assert.deepEqual(
      [...readSamples(histogram.write('took', 'How long.').filter((line) => !line.includes('le=')))],
      [
        ['took_sum', 7.65],
        ['took_count', 4],
      ],
    );
    assert.deepEqual(
      histogram.write('took', 'How long.').filter((line) => line.includes('le=')),
      ['took_bucket{le="0.1"} 2', 'took_bucket{le="1"} 3', 'took_bucket{le="+Inf"} 4'],
    );
  });

  test('what waits stands there by state and priority, also when there is none', () => {
    const counts = [
      { state: 'deferred', priority: 1, recipients: 7, oldest: NOW - 60_000 },
      { state: 'held', priority: 0, recipients: 2, oldest: NOW - 99_000_000 },
    ] as const;
    const samples = readSamples(writeQueue(counts, 1, NOW));
    assert.equal(samples.get('valija_relay_queue_recipients{state="deferred",priority="bulk"}'), 7);
    assert.equal(samples.get('valija_relay_queue_recipients{state="held",priority="interactive"}'), 2);
    assert.equal(samples.get('valija_relay_queue_recipients{state="queued",priority="interactive"}'), 0);
    assert.equal(samples.get('valija_relay_recipients_waiting'), 9);
    assert.equal(samples.get('valija_relay_queue_oldest_seconds'), 60, 'what is held may be old');
    assert.equal(samples.get('valija_relay_pauses'), 1);
    assert.equal(readSamples(writeQueue([], 0, NOW)).get('valija_relay_queue_oldest_seconds'), 0);
  });

  test('outcomes are counted by route, refusals by code', () => {
    const meters = makeMeters();
    meters.delivered([makeOutcome(0), makeOutcome(1, { state: 'deferred', route: 'smarthost' })], 120);
    meters.delivered([makeOutcome(0)], 20);
    meters.committed(3);
    for (const code of [550, 535, 550]) meters.refused(code);
    const samples = readSamples(meters.write().filter((line) => !line.includes('le=')));
    assert.equal(samples.get('valija_relay_recipients_total{route="relay",outcome="accepted"}'), 2);
    assert.equal(samples.get('valija_relay_recipients_total{route="smarthost",outcome="deferred"}'), 1);
    assert.equal(samples.get('valija_relay_recipients_total{route="smarthost",outcome="failed"}'), 0);
    assert.equal(samples.get('valija_relay_submissions_refused_total{code="550"}'), 2);
    assert.equal(samples.get('valija_relay_delivery_seconds_count'), 2);
    assert.equal(samples.get('valija_relay_commit_seconds_count'), 1);
  });
});
