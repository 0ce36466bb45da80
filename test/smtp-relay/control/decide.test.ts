import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  decideControl,
  type ControlAction,
  type ControlledRecipient,
  type Decision,
} from '../../../smtp-relay/queue/control/decide.ts';

const NOW = 1000;
const SITUATIONS = {
  fresh: { state: 'queued', attempts: 0, nextTry: 900, lease: null, stop: null },
  deferred: { state: 'deferred', attempts: 2, nextTry: 9000, lease: null, stop: null },
  trying: { state: 'queued', attempts: 0, nextTry: 2000, lease: 'lease_a', stop: null },
  'trying, to be held': { state: 'deferred', attempts: 1, nextTry: 2000, lease: 'lease_a', stop: 'held' },
  'trying, to be cancelled': {
    state: 'queued',
    attempts: 0,
    nextTry: 2000,
    lease: 'lease_a',
    stop: 'cancelled',
  },
  'lease of a dead relay': { state: 'deferred', attempts: 1, nextTry: 999, lease: 'lease_a', stop: null },
  'held before a try': { state: 'held', attempts: 0, nextTry: null, lease: null, stop: null },
  'held after a try': { state: 'held', attempts: 1, nextTry: null, lease: null, stop: null },
  accepted: { state: 'accepted', attempts: 1, nextTry: null, lease: null, stop: null },
  failed: { state: 'failed', attempts: 1, nextTry: null, lease: null, stop: null },
  cancelled: { state: 'cancelled', attempts: 1, nextTry: null, lease: null, stop: null },
} as const satisfies Record<string, ControlledRecipient>;

/** In short: a state with its next try, `stop:…`, or nothing. */
const EXPECTED: Record<ControlAction, Partial<Record<keyof typeof SITUATIONS, string>>> = {
  hold: {
    fresh: 'held null',
    deferred: 'held null',
    trying: 'stop:held',
    'lease of a dead relay': 'held null',
  },
  release: {
    'trying, to be held': 'stop:null',
    'held before a try': 'queued 1000',
    'held after a try': 'deferred 1000',
  },
  retry: { fresh: 'queued 1000', deferred: 'deferred 1000', 'lease of a dead relay': 'deferred 1000' },
  cancel: {
    fresh: 'cancelled null',
    deferred: 'cancelled null',
    trying: 'stop:cancelled',
    'trying, to be held': 'stop:cancelled',
    'lease of a dead relay': 'cancelled null',
    'held before a try': 'cancelled null',
    'held after a try': 'cancelled null',
  },
};

function tell(decision: Decision): string | undefined {
  if (decision.do === 'leave') return undefined;
  return decision.do === 'stop' ? `stop:${decision.state}` : `${decision.state} ${decision.nextTry}`;
}

describe('what an action does to a recipient', () => {
  for (const [action, expected] of Object.entries(EXPECTED)) {
    test(action, () => {
      const found = Object.fromEntries(
        Object.entries(SITUATIONS)
          .map(([name, recipient]) => [name, tell(decideControl(action as ControlAction, recipient, NOW))])
          .filter(([, told]) => told !== undefined),
      );
      assert.deepEqual(found, expected);
    });
  }
});
