import { queryOptions } from '@tanstack/react-query';
import type { Reminder } from '../../../common/shapes/reminder.ts';
import { storageServer } from '../session/clients.ts';
import { makeSessionStore } from '../session/forget.ts';

/** Every reminder that is not done, due ones too. */
export const remindersQuery = queryOptions({
  queryKey: ['reminders'] as const,
  queryFn: async ({ signal }): Promise<Reminder[]> =>
    (await storageServer().remind.list.query(undefined, { signal })).reminders,
});

/** The mail for which the shell asks when to be reminded; null: none. */
export const askRemindStore = makeSessionStore<string | null>(null);
