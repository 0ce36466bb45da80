import { QueryClient, keepPreviousData, queryOptions, infiniteQueryOptions } from '@tanstack/react-query';
import type { MailRow, MailView } from '../../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { snoozesQuery } from '../../snooze/snoozes.ts';
import { storageServer } from '../../session/clients.ts';
import { forgetWithSession } from '../../session/forget.ts';
import { toProblem } from '../../session/problem.ts';
import { mendWhatLands } from './landing.ts';
import { keyOfList, listOfKey } from './list-key.ts';
import { readAgainWhenStale } from './read-again.ts';
import { readPage, type ListPage } from './read-page.ts';
import { beginReading } from './seen.ts';
import {
  bringsUnknown,
  patchPages,
  touchesList,
  type Change,
  type MailList,
  type Pages,
} from './patch-lists.ts';

/** Everything read from the storage-server; events keep it fresh, so nothing is read again only because time went by. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: (count, error) => {
        const { code } = toProblem(error);
        return code === 'offline' ? true : code === 'unavailable' && count < 3;
      },
      retryDelay: (count) => Math.min(30_000, 1000 * 2 ** count),
    },
    mutations: { networkMode: 'always' },
  },
});
readAgainWhenStale(queries);
mendWhatLands(queries);
forgetWithSession(() => queries.clear());

export function listQuery(list: MailList) {
  return infiniteQueryOptions({
    queryKey: keyOfList(list),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<ListPage> => await readPage(list, pageParam, signal),
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => (state.data?.pages.at(-1)?.unsure ? 2000 : false),
  });
}

export function mailQuery(id: string) {
  return queryOptions({
    queryKey: ['mail', id] as const,
    queryFn: async ({ signal }): Promise<MailView> =>
      await storageServer().mail.show.query({ id }, { signal }),
  });
}

/** All mails of a conversation, the oldest first; kept by the conversation, asked for by one of its mails. */
export function threadQuery(id: string, thread: string) {
  return queryOptions({
    queryKey: ['thread', thread] as const,
    queryFn: async ({ signal }): Promise<MailRow[]> =>
      (await storageServer().thread.show.query({ id }, { signal })).mails,
  });
}

export const mailboxesQuery = queryOptions({
  queryKey: ['mailboxes'] as const,
  queryFn: async ({ signal }): Promise<Mailbox[]> => {
    const noteRead = beginReading();
    const { mailboxesChanged: revision } = profileStore.get();
    const input = revision === null ? undefined : { revision };
    const { modseq, mailboxes } = await storageServer().mailbox.list.query(input, { signal });
    noteRead(modseq);
    return mailboxes;
  },
  placeholderData: keepPreviousData,
});

/**
 * Resolves when a list is drawn, or did not come: what is not needed to show one begins after it. On a slow line each
 * byte before it counts; after `patience` milliseconds the rest begins anyway.
 */
export async function waitForList(patience: number): Promise<void> {
  const hasList = (): boolean =>
    queries
      .getQueryCache()
      .findAll({ queryKey: ['list'] })
      .some(({ state }) => state.status !== 'pending');
  if (hasList()) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, patience);
    const stop = queries.getQueryCache().subscribe(() => {
      if (hasList()) done();
    });
  });
  // A window that nobody sees draws nothing: it goes on all the same.
  await new Promise((resolve) => {
    setTimeout(resolve, 200);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

const readingAgain = new Map<string, ReturnType<typeof setTimeout>>();

/** Milliseconds after which a search is made again for mail that came: much may come at once, and it is indexed first. */
const SEARCH_AGAIN = 2000;

/** Only the server knows what a conversation's row is after a change; it is asked once for many changes. */
function readAgainSoon(key: readonly unknown[], after = 300): void {
  const name = JSON.stringify(key);
  if (readingAgain.has(name)) return;
  const read = (): void => {
    // One that takes longer than changes follow one another would never land.
    if (queries.getQueryState(key)?.fetchStatus === 'fetching') {
      readingAgain.set(name, setTimeout(read, after));
      return;
    }
    readingAgain.delete(name);
    void queries.invalidateQueries({ queryKey: key });
  };
  readingAgain.set(name, setTimeout(read, after));
}

/** What a change of this client made of conversations' rows, once the server has done it. */
export function reviseConversations(): void {
  for (const [key] of queries.getQueriesData<Pages>({ queryKey: ['list'] })) {
    if (listOfKey(key).how === 'conversations') readAgainSoon(key);
  }
}

/** Puts a change into every list and mail that is loaded. */
export function applyChange(change: Change): void {
  for (const [key, data] of queries.getQueriesData<Pages>({ queryKey: ['list'] })) {
    if (data === undefined) continue;
    const list = listOfKey(key);
    queries.setQueryData(key, patchPages(data, list, change));
    if (list.how === 'conversations' && touchesList(data, list, change)) readAgainSoon(key);
    else if (list.query && bringsUnknown(data, change)) readAgainSoon(key, SEARCH_AGAIN);
  }
  const changed = new Map(change.mails.map((row) => [row.id, row]));
  const waits = queries.getQueryData(snoozesQuery.queryKey)?.filter(({ state }) => state === 'waiting');
  // It came back while nobody listened: since when, the list of what is snoozed knows.
  if (waits?.some(({ mail }) => changed.get(mail.id)?.role === 'inbox')) {
    void queries.invalidateQueries({ queryKey: snoozesQuery.queryKey });
  }
  queries.setQueryData(snoozesQuery.queryKey, (old) =>
    old
      ?.filter(({ mail }) => !change.removed.includes(mail.id))
      .map((one) => ({ ...one, mail: changed.get(one.mail.id) ?? one.mail })),
  );
  if (change.removed.length > 0) {
    queries.setQueriesData<MailRow[]>({ queryKey: ['thread'] }, (old) =>
      old?.filter(({ id }) => !change.removed.includes(id)),
    );
  }
  for (const row of change.mails) {
    void queries.invalidateQueries({ queryKey: ['thread', row.threadId] });
    const known = queries.getQueryData<MailView>(['mail', row.id]);
    if (known !== undefined) queries.setQueryData(['mail', row.id], { ...known, ...row });
  }
}

/** A row by its id from any loaded list, or the opened mail itself. */
export function findRow(id: string): MailRow | null {
  // What is on the screen first: a row may be a conversation there and a mail elsewhere.
  const lists = [
    ...queries.getQueriesData<Pages>({ queryKey: ['list'], type: 'active' }),
    ...queries.getQueriesData<Pages>({ queryKey: ['list'] }),
  ];
  for (const [, data] of lists) {
    for (const page of data?.pages ?? []) {
      const row = page.mails.find((mail) => mail.id === id);
      if (row !== undefined) return row;
    }
  }
  const snoozed = queries.getQueryData(snoozesQuery.queryKey)?.find(({ mail }) => mail.id === id);
  return queries.getQueryData<MailView>(['mail', id]) ?? snoozed?.mail ?? null;
}
