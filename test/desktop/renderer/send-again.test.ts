import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import type { SendStatus } from '../../../common/shapes/status.ts';
import { holdSession } from './hold-session.ts';
import { answerCalls } from './stand-in-browser.ts';

const { sendDraft } = await import('../../../desktop/renderer/composer/send/send-draft.ts');
const { DraftSession } = await import('../../../desktop/renderer/composer/session/draft-session.ts');
const { EMPTY_DRAFT } = await import('../../../desktop/renderer/composer/session/draft-state.ts');
const { queries } = await import('../../../desktop/renderer/mail/cache/mail-cache.ts');
const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');
const { noticeStore } = await import('../../../desktop/renderer/shell/notices.ts');

const STATUS: SendStatus = { id: 'm1', messageId: '<a@x.test>', state: 'queued', at: null, recipients: [] };

/** Sends a draft whose first try went through without an answer; what the server says of that now, by its key. */
async function sendAgain(answer: (key: string) => Partial<SendStatus>): Promise<string[]> {
  holdSession();
  const keys: string[] = [];
  answerCalls((procedure, input) => {
    if (procedure !== 'sending.send') return {};
    const { key } = input as { key: string };
    keys.push(key);
    return { ...STATUS, ...answer(key) };
  });
  const open = { id: 'm1', version: 1, draft: EMPTY_DRAFT, attachments: [] };
  await sendDraft(new DraftSession(open, () => undefined));
  return keys;
}

describe('sending once more what was sent without an answer', () => {
  afterEach(() => holdTokens(null));
  after(() => queries.clear());
  const readNotice = (): string => noticeStore.get().at(-1)?.text ?? '';

  it('sends it anew where it was taken back since, rather than calling that sent', async () => {
    let first = '';
    const keys = await sendAgain((key) => {
      first ||= key;
      return { state: key === first ? 'cancelled' : 'queued' };
    });
    assert.equal(new Set(keys).size, 2);
    assert.equal(readNotice(), 'Sent.');
  });

  it('says that it failed, and that it lies in Sent', async () => {
    const keys = await sendAgain(() => ({ state: 'failed' }));
    assert.equal(keys.length, 1);
    assert.match(readNotice(), /^Not sent: .+ The mail is in Sent, with what became of it\.$/);
  });
});
