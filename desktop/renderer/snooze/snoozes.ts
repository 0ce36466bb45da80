import { queryOptions } from '@tanstack/react-query';
import type { Snooze } from '../../../common/shapes/snooze.ts';
import { storageServer } from '../session/clients.ts';
import { makeSessionStore } from '../session/forget.ts';

/** What waits, and what has come back and was not moved since. */
export const snoozesQuery = queryOptions({
  queryKey: ['snoozes'] as const,
  queryFn: async ({ signal }): Promise<Snooze[]> =>
    (await storageServer().snooze.list.query(undefined, { signal })).snoozed,
});

/** Mails for which it is asked until when to put them off; `leave` runs before they go. Null: none. */
export const askSnoozeStore = makeSessionStore<{ ids: readonly string[]; leave: () => void } | null>(null);
