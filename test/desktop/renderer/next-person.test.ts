import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { CheckEvent } from '../../../common/shapes/event.ts';
import type { LabSession } from '../../../common/shapes/lab.ts';
import { makeRow } from './sample-rows.ts';
import { answerCalls } from './stand-in-browser.ts';
import { beSignedIn, endElsewhere, signOutHere } from './one-after-another.ts';

const { DraftSession } = await import('../../../desktop/renderer/composer/session/draft-session.ts');
const { EMPTY_DRAFT } = await import('../../../desktop/renderer/composer/session/draft-state.ts');
const { findHeld, holdDraft, leaveDraft } =
  await import('../../../desktop/renderer/composer/session/held-drafts.ts');
const { arrivedStore } = await import('../../../desktop/renderer/mail/cache/new-mail.ts');
const { queries } = await import('../../../desktop/renderer/mail/cache/mail-cache.ts');
const { checkStore, takeCheckEvent } = await import('../../../desktop/renderer/mail/check.ts');
const { keepScroll, readScroll } = await import('../../../desktop/renderer/mail/list/scroll-place.ts');
const { selectionStore, toggleTick } = await import('../../../desktop/renderer/mail/selection/selection.ts');
const { askRemindStore } = await import('../../../desktop/renderer/reminder/reminders.ts');
const { sentHere } = await import('../../../desktop/renderer/sending/waiting.ts');
const { askSignIn, askSignInStore } = await import('../../../desktop/renderer/shell/ask-sign-in.ts');
const { noticeStore, tell } = await import('../../../desktop/renderer/shell/notices.ts');
const { openSearch, routeStore } = await import('../../../desktop/renderer/shell/route.ts');
const { parseRoute } = await import('../../../desktop/renderer/shell/parse-route.ts');
const { holdTokens, readTokens } = await import('../../../desktop/renderer/session/tokens.ts');
const { askSnoozeStore } = await import('../../../desktop/renderer/snooze/snoozes.ts');

const LIST = 'search her doctor';

/** Leaves something of hers wherever the client keeps it. */
function work(): void {
  arrivedStore.set(2);
  takeCheckEvent({ account: 'acc_ana', phase: 'connecting' } as unknown as CheckEvent);
  queries.setQueryData(['mail', 'm1'], makeRow('m1', 21));
  askRemindStore.set('m1');
  askSnoozeStore.set({ ids: ['m1'], leave: () => undefined });
  askSignIn('acc_ana');
  toggleTick('m1');
  sentHere.add('m1');
  tell({ kind: 'done', text: 'her subject', action: null, lasts: null });
  openSearch('her doctor');
  keepScroll(LIST, 400);
}

function assertForgotten(): void {
  assert.equal(arrivedStore.get(), 0);
  assert.equal(checkStore.get().running.size, 0);
  assert.deepEqual(queries.getQueryCache().getAll(), []);
  assert.deepEqual([askRemindStore.get(), askSnoozeStore.get(), askSignInStore.get()], [null, null, null]);
  assert.equal(selectionStore.get().ticked.size, 0);
  assert.equal(sentHere.size, 0);
  assert.deepEqual(noticeStore.get(), []);
}

function readPlace(): object {
  return { route: routeStore.get(), scroll: readScroll(LIST) };
}

const BEGINNING = { route: parseRoute(''), scroll: 0 };

describe('what somebody leaves at a computer', () => {
  afterEach(signOutHere);

  it('is gone when she signs out', async () => {
    await beSignedIn('ana', 500);
    work();
    await signOutHere();
    assertForgotten();
    assert.deepEqual(readPlace(), BEGINNING);
  });

  it('is gone for whoever comes after a session that was ended elsewhere', async () => {
    await beSignedIn('ana', 500);
    work();
    await endElsewhere();
    assertForgotten();
    await beSignedIn('bob', 40);
    assertForgotten();
    assert.deepEqual(readPlace(), BEGINNING);
  });

  it('but for her place, to which she comes back', async () => {
    await beSignedIn('ana', 500);
    work();
    const place = readPlace();
    await endElsewhere();
    await beSignedIn('ana', 500);
    assertForgotten();
    assert.deepEqual(readPlace(), place);
  });

  it('is gone at once on a public computer, also when the session was ended elsewhere', async () => {
    await beSignedIn('ana', 500);
    const hers = readTokens();
    assert.ok(hers !== null);
    holdTokens({ ...hers, session: { ...hers.session, lab: { idleMinutes: 5 } as LabSession } });
    work();
    await endElsewhere();
    assertForgotten();
    assert.deepEqual(readPlace(), BEGINNING);
  });

  describe('a new mail that the server did not take', () => {
    /** Writes it and leaves it. */
    const write = async (): Promise<void> => {
      await beSignedIn('ana', 500);
      answerCalls(() => {
        throw new MailError('quota', 'full');
      });
      const session = new DraftSession({ ...EMPTY_DRAFT }, () => undefined);
      holdDraft('new 1', session);
      session.edit({ text: 'an hour of words' });
      await session.save();
      leaveDraft('new 1');
      assert.equal(noticeStore.get().length, 1);
      await endElsewhere();
      assert.deepEqual(noticeStore.get(), []);
    };

    it('is led back to when she comes back', async () => {
      await write();
      await beSignedIn('ana', 500);
      assert.deepEqual(
        noticeStore.get().map(({ text }) => text),
        ['The mail that you left is not saved.'],
      );
    });

    it('is nothing for anybody else', async () => {
      await write();
      await beSignedIn('bob', 40);
      assert.deepEqual([noticeStore.get(), findHeld('new 1')], [[], null]);
    });
  });

  it('is forgotten once more as somebody signs in: a call that failed with its session may have put it back', async () => {
    await beSignedIn('ana', 500);
    await signOutHere();
    queries.setQueryData(['reminders'], ['hers']);
    await beSignedIn('bob', 40);
    assertForgotten();
  });
});
