import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  type AskedAhead,
  meeting,
  nameCall,
  takeCall,
  takeRefresh,
} from '../../../desktop/renderer/ahead/asked-ahead.ts';

function ask(session: string | null): AskedAhead {
  const calls = new Map([[nameCall('mail.list', { mailbox: 'inbox' }), Promise.resolve('rows')]]);
  const answer = { status: 401, body: '{"error":1}', at: performance.now() - 500 };
  const ahead = { refresh: Promise.resolve(answer), session, calls };
  meeting.valijaAhead = ahead;
  return ahead;
}

describe('what was asked ahead', () => {
  afterEach(() => void delete meeting.valijaAhead);

  it('is taken once, for the very same call', async () => {
    ask('s1');
    assert.equal(takeCall('s1', 'mail.list', { mailbox: 'sent' }), null);
    assert.equal(takeCall('s1', 'mail.show', { mailbox: 'inbox' }), null);
    assert.equal(await takeCall('s1', 'mail.list', { mailbox: 'inbox' }), 'rows');
    assert.equal(takeCall('s1', 'mail.list', { mailbox: 'inbox' }), null);
  });

  it('is for nobody else', () => {
    for (const [asked, wanted] of [
      ['s1', 's2'],
      ['s1', undefined],
      [null, undefined],
    ] as const) {
      ask(asked);
      assert.equal(takeCall(wanted, 'mail.list', { mailbox: 'inbox' }), null);
    }
  });

  it('gives the exchange to one who asks, with its status', async () => {
    ask(null);
    const taken = await takeRefresh();
    assert.equal(taken?.response.status, 401);
    assert.deepEqual(await taken.response.json(), { error: 1 });
    assert.ok(taken.age >= 500);
    assert.equal(await takeRefresh(), null);
  });

  it('is nothing where the page asked for nothing', async () => {
    assert.equal(await takeRefresh(), null);
    assert.equal(takeCall('s1', 'mail.list', {}), null);
  });
});
