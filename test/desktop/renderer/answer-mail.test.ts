import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { holdSession } from './hold-session.ts';
import { answerCalls } from './stand-in-browser.ts';

const { answerMail } = await import('../../../desktop/renderer/reader/bar/answer-mail.ts');
const { queries } = await import('../../../desktop/renderer/mail/cache/mail-cache.ts');
const { EMPTY_DRAFT } = await import('../../../desktop/renderer/composer/session/draft-state.ts');
const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');
const { noticeStore } = await import('../../../desktop/renderer/shell/notices.ts');

const { changeMailRoute, routeStore } = await import('../../../desktop/renderer/shell/route.ts');

const OPEN = { id: 'm1', version: 1, draft: EMPTY_DRAFT, attachments: [] };

describe('answering a mail', () => {
  afterEach(() => holdTokens(null));
  // Their timers would keep the process.
  after(() => queries.clear());

  it('makes one answer, though its key is pressed again before it is there', async () => {
    holdSession();
    const called = answerCalls(() => OPEN);
    await Promise.all([answerMail('a', 'reply'), answerMail('a', 'reply')]);
    assert.deepEqual(called, ['draft.answer']);
    await answerMail('a', 'forward');
    await answerMail('a', 'reply');
    assert.equal(called.length, 3);
  });

  it('makes one answer, though the first try told nothing', async () => {
    holdSession();
    changeMailRoute({ draft: null });
    const keys: unknown[] = [];
    answerCalls((_procedure, input) => {
      keys.push((input as { key: unknown }).key);
      if (keys.length === 1) throw new MailError('unavailable', 'busy');
      return OPEN;
    });
    const told = new Promise<void>((resolve) => noticeStore.subscribe(resolve));
    await answerMail('a', 'reply');
    await told;
    const opened = new Promise<void>((resolve) => routeStore.subscribe(resolve));
    noticeStore.get()[0]?.action?.run();
    await opened;
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.equal(typeof keys[0], 'string');
  });
});
