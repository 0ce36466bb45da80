import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { answerCalls } from './stand-in-browser.ts';
import { beSignedIn, signOutHere } from './one-after-another.ts';

const { startNews } = await import('../../../desktop/renderer/mail/cache/news.ts');
const { beginReading, readSeen } = await import('../../../desktop/renderer/mail/cache/seen.ts');

describe('news', () => {
  let news: ReturnType<typeof startNews>;
  let store: number;
  let isDown: boolean;
  let asked: number[];
  /** Lets so many milliseconds go by, and whatever follows from them. */
  const pass = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at++) {
      mock.timers.tick(1);
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  beforeEach(async () => {
    await beSignedIn('ana', 1);
    mock.timers.enable({ apis: ['setTimeout'] });
    [store, isDown, asked] = [1001, false, []];
    answerCalls((name, input) => {
      if (name !== 'mail.changes') return {};
      const { since } = input as { since: number };
      asked.push(since);
      if (isDown) throw new TypeError('no connection');
      return { modseq: store, mails: [], removed: [], mailboxes: [], complete: since <= store };
    });
    news = startNews();
    beginReading()(1000);
    news.follow(1001);
    await pass(20);
  });
  afterEach(async () => {
    news.stop();
    mock.timers.reset();
    await signOutHere();
  });

  it('are asked for from where the lists were read, and once', () => {
    assert.deepEqual([asked, readSeen()], [[1000], 1001]);
    news.follow(1001);
    assert.deepEqual(asked, [1000]);
  });

  it('are asked for at once where the server speaks again after failures, and for as long as it does not answer', async () => {
    isDown = true;
    news.follow(store++ + 1);
    await pass(20);
    assert.deepEqual(asked, [1000, 1001]);
    isDown = false;
    news.follow(store);
    await pass(20);
    assert.deepEqual([asked, readSeen()], [[1000, 1001, 1001], 1002]);
    isDown = true;
    news.follow(++store);
    await pass(8000);
    assert.equal(asked.length, 3 + 4, 'after 1, 2 and 4 seconds');
  });

  it('go back with a store that was restored from a backup, once the stream was broken', async () => {
    store = 500;
    news.follow(500);
    await pass(20);
    assert.equal(readSeen(), 1001, 'an old word of another tab');
    news.lookBack();
    news.follow(500);
    await pass(20);
    assert.equal(readSeen(), 500);
    news.follow(++store);
    await pass(20);
    assert.deepEqual([asked.at(-1), readSeen()], [500, 501]);
  });
});
