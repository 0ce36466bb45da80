import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import type { MailPage } from '../../../common/shapes/mail.ts';
import { mendWhatLands } from '../../../desktop/renderer/mail/cache/landing.ts';
import { keyOfList } from '../../../desktop/renderer/mail/cache/list-key.ts';
import { patchPages, type Pages } from '../../../desktop/renderer/mail/cache/patch-lists.ts';
import { pendingChanges } from '../../../desktop/renderer/mail/cache/pending.ts';
import { setSeen, takeReadAt } from '../../../desktop/renderer/mail/cache/seen.ts';
import { forgetSession } from '../../../desktop/renderer/session/forget.ts';
import { makeRow } from './sample-rows.ts';

const INBOX = { box: 'inbox', account: null };
const KEY = keyOfList(INBOX);

describe('a list that lands', () => {
  let queries: QueryClient;
  let answers: PromiseWithResolvers<MailPage>[];
  let observer: InfiniteQueryObserver<MailPage, Error, Pages, typeof KEY, string | null>;
  let leave: () => void;
  const page = (id: string, day: number, next: string | null): MailPage => ({
    mails: [makeRow(id, day)],
    next,
    total: 2,
    unread: 2,
  });
  const shown = () =>
    queries.getQueryData<Pages>(KEY)?.pages.flatMap(({ mails }) => mails.map(({ id }) => id));
  const answer = async (at: number, given: MailPage): Promise<void> => {
    while (answers.length <= at) await new Promise((resolve) => setImmediate(resolve));
    answers[at]!.resolve(given);
  };
  beforeEach(async () => {
    queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    mendWhatLands(queries);
    answers = [];
    forgetSession();
    setSeen(100);
    observer = new InfiniteQueryObserver(queries, {
      queryKey: KEY,
      initialPageParam: null as string | null,
      queryFn: async (): Promise<MailPage> => {
        const one = Promise.withResolvers<MailPage>();
        answers.push(one);
        return await one.promise;
      },
      getNextPageParam: (last) => last.next,
    });
    leave = observer.subscribe(() => undefined);
    await answer(0, page('new', 9, 'more'));
    while (shown() === undefined) await new Promise((resolve) => setImmediate(resolve));
    takeReadAt();
  });
  afterEach(() => {
    leave();
    queries.clear();
  });

  it('with pages from before the news has these read again, and nothing else has', async () => {
    const quiet = observer.fetchNextPage();
    await answer(1, page('old', 8, 'more'));
    await quiet;
    assert.equal(takeReadAt(), null, 'nothing happened meanwhile');
    const next = observer.fetchNextPage();
    const news = { mails: [makeRow('arrived', 10)], removed: [] };
    queries.setQueryData<Pages>(KEY, (old) => old && patchPages(old, INBOX, news));
    setSeen(101);
    assert.equal(shown()?.[0], 'arrived');
    await answer(2, page('older', 7, null));
    await next;
    assert.deepEqual(shown(), ['new', 'old', 'older'], 'TanStack Query puts the old pages back');
    assert.equal(takeReadAt(), 100);
  });

  it('is shown with what the person did meanwhile, on pages that were not read too', async () => {
    const next = observer.fetchNextPage();
    pendingChanges.add(['new'], [makeRow('new', 9, { mailbox: 'mbx_ar', role: 'archive' })])(true);
    pendingChanges.add(['back'], [makeRow('back', 8)])(true);
    pendingChanges.add(['refused'], [makeRow('refused', 8)])(false);
    await answer(1, page('older', 7, null));
    await next;
    assert.deepEqual(shown(), ['back', 'older']);
  });
});
