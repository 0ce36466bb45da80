import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import {
  BODY_LIMITS,
  draftContent,
  type DraftContent,
  type OpenDraft,
  type SavedDraft,
} from '../../../common/shapes/draft.ts';
import type { Tokens } from '../../../common/shapes/session.ts';
import type { Save } from '../../../desktop/renderer/composer/session/send-save.ts';
import { answerCalls, closePage, SAVED } from './stand-in-browser.ts';

const { EMPTY_DRAFT } = await import('../../../desktop/renderer/composer/session/draft-state.ts');
const { DraftSession } = await import('../../../desktop/renderer/composer/session/draft-session.ts');
const { discardSession } = await import('../../../desktop/renderer/composer/session/end-draft.ts');
const { composerKey } = await import('../../../desktop/renderer/composer/begin-mail.ts');
const { noticeStore } = await import('../../../desktop/renderer/shell/notices.ts');
const { routeStore } = await import('../../../desktop/renderer/shell/route.ts');
const { dropDraft, findHeld, holdDraft, leaveDraft } =
  await import('../../../desktop/renderer/composer/session/held-drafts.ts');
const { lostStore } = await import('../../../desktop/renderer/session/reach.ts');
const { holdTokens } = await import('../../../desktop/renderer/session/tokens.ts');

type Session = InstanceType<typeof DraftSession>;
const HOME = 'http://home.test';
const REFUSED = new MailError('quota', 'full');

/** Signed in with tokens that live so many milliseconds. */
function signIn(lives = 600_000): void {
  const tokens = { storage: 'access', profile: 'access', relay: null };
  const tokensExpireAt = new Date(Date.now() + lives).toISOString();
  holdTokens({ tokens, tokensExpireAt, home: HOME, refreshToken: 'r', session: { lab: null } } as Tokens);
}

let session: Session | null = null;
afterEach(() => {
  if (session !== null) dropDraft(session);
  lostStore.set(null);
});

/** A new mail with a word in it. */
function begin(key = 'new 1'): Session {
  session = new DraftSession({ ...EMPTY_DRAFT }, () => undefined);
  holdDraft(key, session);
  session.edit({ text: 'an hour of words' });
  return session;
}

describe('closing the page while something is not saved', () => {
  it('asks nothing when the last words leave with it', () => {
    signIn();
    answerCalls(() => SAVED);
    begin();
    assert.equal(closePage(), false);
  });

  const failures: [string, () => never][] = [
    [
      'nobody answers',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
    [
      'it is refused',
      () => {
        throw REFUSED;
      },
    ],
  ];
  for (const [name, fail] of failures) {
    it(`asks after a save that failed as ${name}, whatever is typed since`, async () => {
      signIn();
      answerCalls(fail);
      const written = begin();
      await written.save();
      assert.equal(closePage(), true);
      lostStore.set(null);
      written.edit({ text: 'an hour of words!' });
      assert.equal(closePage(), true);
      answerCalls(() => SAVED);
      await written.save();
      written.edit({ text: 'an hour of words!!' });
      assert.equal(closePage(), false, 'a save came through since');
    });
  }

  it('asks while the server of the mail does not answer to others', () => {
    signIn();
    answerCalls(() => SAVED);
    begin();
    lostStore.set(HOME);
    assert.equal(closePage(), true);
    lostStore.set('http://profile.test');
    assert.equal(closePage(), false);
  });

  for (const [lives, asks] of [
    [-60_000, true],
    [3000, true],
    [30_000, false],
  ] as const) {
    it(`${asks ? 'asks' : 'asks nothing'} where the token lives ${lives} ms more`, () => {
      signIn(lives);
      answerCalls(() => SAVED);
      begin();
      assert.equal(closePage(), asks);
    });
  }
});

describe('a save whose answer is lost', () => {
  const LOST = 'lost';
  /** A server that keeps drafts as ours does, and whose answers to saves of `LOST` texts do not arrive. */
  function startDrafts() {
    const drafts = new Map<string, OpenDraft & { key: string }>();
    const save = ({ id, base, key, draft }: Save): SavedDraft => {
      const known = [...drafts.values()].find((one) => (id === null ? one.key === key : one.id === id));
      if (known === undefined) {
        const made = { id: `m${drafts.size + 1}`, version: 1, draft, attachments: [], key };
        drafts.set(made.id, made);
        return { ...SAVED, id: made.id };
      }
      if (known.version !== (base ?? 1))
        throw new MailError('conflict', 'newer', { reason: 'draft', current: known });
      Object.assign(known, { draft, version: known.version + 1 });
      return { ...SAVED, id: known.id, version: known.version };
    };
    answerCalls((_procedure, input) => {
      const saved = save(input as Save);
      if ((input as Save).draft.text.startsWith(LOST)) throw new TypeError('fetch failed');
      return saved;
    });
    return drafts;
  }

  it('is no second draft when the first one comes again, whatever was typed since', async () => {
    signIn();
    const drafts = startDrafts();
    const written = begin();
    written.edit({ text: LOST });
    assert.equal(await written.save(), false);
    written.edit({ text: `${LOST} again` });
    assert.equal(await written.save(), false);
    written.edit({ text: 'a third time' });
    assert.equal(await written.save(), true);
    assert.deepEqual(
      [...drafts.values()].map(({ id, draft }) => [id, draft.text]),
      [['m1', 'a third time']],
    );
    assert.equal(written.store.get().id, 'm1');
  });

  it('is no conflict with oneself, and one with what somebody else wrote', async () => {
    signIn();
    const drafts = startDrafts();
    const written = begin();
    await written.save();
    written.edit({ text: LOST });
    assert.equal(await written.save(), false);
    written.edit({ text: 'more words' });
    assert.equal(await written.save(), true);
    const stored = drafts.get('m1')!;
    assert.equal(stored.draft.text, 'more words');
    written.edit({ text: LOST });
    await written.save();
    Object.assign(stored, { version: stored.version + 1, draft: { ...stored.draft, text: 'another PC' } });
    written.edit({ text: 'yet more' });
    assert.equal(await written.save(), false);
    assert.equal(written.store.get().saving, 'conflict');
  });
});

describe('a text that is too long for one call', () => {
  const begun = (html: string | null, text: string): Session =>
    (session = new DraftSession({ ...EMPTY_DRAFT, html, text }, () => undefined));

  it('is saved without its plain text where the server makes that from the HTML, in any script', async () => {
    signIn();
    const saved: DraftContent[] = [];
    answerCalls((_procedure, input) => {
      saved.push((input as Save).draft);
      return SAVED;
    });
    for (const [html, text] of [
      ['y'.repeat(300_000), 'y'.repeat(299_000)],
      ['漢'.repeat(200_000), '漢'.repeat(200_000)],
    ] as const) {
      const written = begun(html, text);
      written.touch();
      assert.equal(await written.save(), true);
      assert.equal(draftContent.safeParse(saved.at(-1)).success, true);
      assert.equal(saved.at(-1)?.html, html);
      assert.equal(written.store.get().content.text, text, 'on the screen nothing is missing');
    }
  });

  it('is refused with the reason where nothing can be left out', async () => {
    signIn();
    const called = answerCalls(() => SAVED);
    for (const [html, text] of [
      [null, 'y'.repeat(BODY_LIMITS.text + 1)],
      ['y'.repeat(BODY_LIMITS.html + 1), ''],
      ['漢'.repeat(390_000), ''],
    ] as const) {
      const written = begun(html, text);
      written.touch();
      assert.equal(await written.save(), false);
      const { saving, problem } = written.store.get();
      assert.deepEqual([saving, problem?.code, problem?.reason], ['failed', 'too-large', 'draft-body']);
    }
    assert.deepEqual(called, []);
  });
});

describe('throwing a new mail away', () => {
  it('while its first save is under way removes it from the server too', async () => {
    signIn();
    const saving = Promise.withResolvers<object>();
    const asked = Promise.withResolvers<void>();
    const removed: unknown[] = [];
    const called = answerCalls((procedure, input) => {
      if (procedure !== 'draft.save') return removed.push(input);
      asked.resolve();
      return saving.promise;
    });
    const written = begin();
    void written.save();
    await asked.promise;
    const discarded = discardSession(written);
    saving.resolve(SAVED);
    await discarded;
    assert.deepEqual(called, ['draft.save', 'draft.remove']);
    assert.deepEqual(removed, [{ id: SAVED.id }]);
  });
});

describe('leaving a new mail that the server refuses', () => {
  it('offers the way back to it until it is saved', async () => {
    signIn();
    answerCalls(() => {
      throw REFUSED;
    });
    const written = begin('new 7');
    const saved = written.save();
    leaveDraft('new 7');
    assert.equal(noticeStore.get().length, 0, 'it may go well');
    assert.equal(await saved, false);
    await written.save();
    const [notice, ...more] = noticeStore.get();
    assert.equal(more.length, 0, 'said once');
    notice?.action?.run();
    const route = routeStore.get();
    assert.equal(route.view === 'mail' ? route.draft : null, 'new');
    assert.equal(findHeld(composerKey('new'))?.session, written);
    answerCalls(() => SAVED);
    await written.save();
    assert.equal(noticeStore.get().length, 0);
    assert.equal(findHeld('new 7'), null);
  });
});
