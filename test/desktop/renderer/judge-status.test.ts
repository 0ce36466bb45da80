import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecipientState, SendState } from '../../../common/shapes/status.ts';
import { judgeStatus, stoppedByOthers } from '../../../desktop/renderer/sending/status/judge-status.ts';
import { makeRecipient } from './sending-samples.ts';

const judge = (state: SendState, states: RecipientState[]) =>
  judgeStatus({ state, recipients: states.map((one) => makeRecipient({ state: one })) });

test('who was taken out of the queue did not get it either', () => {
  assert.deepEqual(judge('partly', ['failed', 'failed', 'failed', 'cancelled', 'accepted']), {
    tone: 'bad',
    says: 'partly',
    failed: 4,
    all: 5,
  });
  assert.equal(judge('failed', ['failed', 'cancelled']).says, 'failed');
});

test('that a mail was only cancelled is nothing bad', () => {
  const { tone, says, failed } = judge('partly', ['cancelled', 'accepted']);
  assert.deepEqual([tone, says, failed], ['calm', 'partly', 1]);
});

test('only what an administrator did is said to be his doing', () => {
  assert.ok(stoppedByOthers({ state: 'cancelled', reason: 'forbidden/cancelled-by-admin' }));
  assert.ok(stoppedByOthers({ state: 'held', reason: 'forbidden/held-by-admin' }));
  assert.ok(!stoppedByOthers({ state: 'cancelled', reason: 'server-error' }));
  assert.ok(!stoppedByOthers({ state: 'queued', reason: 'forbidden/held-by-admin' }));
});
