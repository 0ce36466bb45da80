import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import { makeRow } from './sample-rows.ts';
import { answerCalls } from './stand-in-browser.ts';
import { beSignedIn, endElsewhere, holdAnswers, signOutHere } from './one-after-another.ts';

const { listQuery, queries } = await import('../../../desktop/renderer/mail/cache/mail-cache.ts');
const { moveMails } = await import('../../../desktop/renderer/mail/mail-actions.ts');
const { changeEverything } = await import('../../../desktop/renderer/mail/selection/change-everything.ts');
const { NOTHING } = await import('../../../desktop/renderer/session/problem.ts');
const { holdTokens, readTokens } = await import('../../../desktop/renderer/session/tokens.ts');
const { noticeStore, runNewestAction, tellProblem } =
  await import('../../../desktop/renderer/shell/notices.ts');

const INBOX = listQuery({ box: 'inbox', account: null, query: null }).queryKey;
const EVERYTHING = { where: { mailbox: 'mbx_in' }, total: 3, upTo: null };

function showInbox(mails: MailRow[]): void {
  const page = { mails, next: null, total: mails.length, unread: 0 };
  queries.setQueryData(INBOX, { pages: [page], pageParams: [null] });
}

function seen(): object {
  const mails = queries.getQueryData(INBOX)?.pages.flatMap((page) => page.mails.map(({ id }) => id)) ?? [];
  return { mails, notices: noticeStore.get().map(({ text }) => text) };
}

describe('what is told of something done in a session that is over', () => {
  afterEach(signOutHere);

  const table: [name: string, act: () => Promise<unknown>, answer: unknown][] = [
    ['a move that fails', async () => await moveMails(['hers'], 'archive'), new TypeError('the line broke')],
    ['a move that is done', async () => await moveMails(['hers'], 'archive'), {}],
    [
      'a move of everything that fails',
      async () => await changeEverything(EVERYTHING, { kind: 'move', to: 'archive' }),
      new TypeError('the line broke'),
    ],
  ];
  for (const [name, act, answer] of table) {
    for (const end of [signOutHere, endElsewhere]) {
      it(`${name}: nothing, neither at the sign-in nor to the next person (${end.name})`, async () => {
        await beSignedIn('ana', 500);
        showInbox([makeRow('hers', 21)]);
        const held = holdAnswers('mail.move', answer);
        void act();
        await held.asked;
        await end();
        await sleep(50);
        assert.deepEqual(seen(), { mails: [], notices: [] });
        await beSignedIn('bob', 40);
        showInbox([makeRow('his', 21)]);
        await held.letGo();
        const asked = answerCalls(() => ({}));
        runNewestAction();
        await sleep(20);
        assert.deepEqual([seen(), asked], [{ mails: ['his'], notices: [] }, []]);
      });
    }
  }

  it('a problem whose sentence comes later: nothing', async () => {
    await beSignedIn('ana', 500);
    tellProblem({ ...NOTHING, code: 'quota' });
    const hers = readTokens();
    assert.ok(hers !== null);
    holdTokens({ ...hers, session: { ...hers.session, id: 'ses_bob' } });
    await sleep(100);
    assert.deepEqual(noticeStore.get(), []);
  });
});

it('what a provider’s sign-in was refused for is told at the sign-in', async () => {
  const { finishOidc } = await import('../../../desktop/renderer/session/ways/finish-oidc.ts');
  const { sessionStore } = await import('../../../desktop/renderer/session/session.ts');
  sessionStore.set({ phase: 'starting' });
  answerCalls(() => {
    throw new MailError('not-found', 'no such person', { reason: 'oidc-unknown' });
  });
  await finishOidc(new URLSearchParams({ ticket: 'x' }));
  await sleep(50);
  assert.equal(sessionStore.get().phase, 'signed-out');
  assert.equal(noticeStore.get().length, 1);
  noticeStore.set([]);
});
