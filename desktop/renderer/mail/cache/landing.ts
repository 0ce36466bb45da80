import type { QueryClient } from '@tanstack/react-query';
import { listOfKey } from './list-key.ts';
import { patchPages, type Change, type Pages } from './patch-lists.ts';
import { pendingChanges } from './pending.ts';
import { beginReading, readSeen } from './seen.ts';

interface Reading {
  /** Up to where news were known as it began. */
  from: number | null;
  noteRead: (modseq: number) => void;
  takeOwn: () => Change;
}

/** What news are put into. */
const FOLLOWED = ['list', 'mail', 'mailboxes'];

/**
 * An answer replaces what is shown, also what news and the person have changed since it was asked for, and pages that were
 * not read again are those of the beginning. As it lands, what the person did is put into it, and news are asked for again
 * from where they were.
 */
export function mendWhatLands(queries: QueryClient): void {
  const begun = new Map<string, Reading>();
  queries.getQueryCache().subscribe((event) => {
    const { queryKey, queryHash } = event.query;
    if (!FOLLOWED.includes(queryKey[0] as string)) return;
    const end = (): Reading | undefined => {
      const reading = begun.get(queryHash);
      begun.delete(queryHash);
      return reading;
    };
    if (event.type === 'removed') end()?.takeOwn();
    if (event.type !== 'updated') return;
    const { action } = event;
    if (action.type === 'fetch') {
      end()?.takeOwn();
      const takeOwn = pendingChanges.beginReading();
      begun.set(queryHash, { from: readSeen(), noteRead: beginReading(), takeOwn });
    } else if (
      action.type === 'error' ||
      (action.type === 'setState' && event.query.state.fetchStatus === 'idle')
    )
      end()?.takeOwn();
    else if (action.type === 'success' && action.manual !== true) {
      const reading = end();
      if (reading === undefined) return;
      const own = reading.takeOwn();
      if (queryKey[0] === 'list' && own.mails.length + own.removed.length > 0) {
        queries.setQueryData<Pages>(queryKey, (data) => data && patchPages(data, listOfKey(queryKey), own));
      }
      if (reading.from !== null && readSeen() !== reading.from) reading.noteRead(reading.from);
    }
  });
}
