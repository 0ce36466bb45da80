import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { MailError } from '../../../common/errors.ts';
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
  const signIn = (): void =>
    holdTokens({
      session: { id: 'ana', expiresAt: '2026-11-23T10:00:00.000Z', lab: null },
      issuedAt: new Date().toISOString(),
      tokensExpireAt: new Date(Date.now() + 900_000).toISOString(),
      refreshToken: 'r',
      home: 'http://home.test',
      relay: null,
      tokens: { profile: 'access', storage: 'access', relay: null },
    });

  it('makes one answer, though its key is pressed again before it is there', async () => {
    signIn();
    const called = answerCalls(() => OPEN);
    await Promise.all([answerMail('a', 'reply'), answerMail('a', 'reply')]);
    assert.deepEqual(called, ['draft.answer']);
    await answerMail('a', 'forward');
    await answerMail('a', 'reply');
    assert.equal(called.length, 3);
  });

  it('makes one answer, though the first try told nothing', async () => {
    signIn();
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
