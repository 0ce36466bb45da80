import { queryOptions } from '@tanstack/react-query';
import type { WaitingSend } from '../../../common/shapes/status.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { storageServer } from '../session/clients.ts';
import { forgetWithSession } from '../session/forget.ts';

/** What the server holds for undo or until its time, from whatever PC. */
export const waitingQuery = queryOptions({
  queryKey: ['waiting'] as const,
  queryFn: async ({ signal }): Promise<WaitingSend[]> =>
    (await storageServer().sending.waiting.query(undefined, { signal })).sends,
});

/** What was sent from this window: its own notice offers to undo it. */
export const sentHere = new Set<string>();
forgetWithSession(() => sentHere.clear());

/** Something was sent or written: what waits may have changed. Tells of mail that another PC has just sent. */
export async function readWaiting(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['waiting'] });
  const held = queries.getQueryData<WaitingSend[]>(['waiting']) ?? [];
  if (!held.some(({ id, state }) => state === 'held' && !sentHere.has(id))) return;
  (await import('./held-notice.ts')).offerUndo(held);
}
