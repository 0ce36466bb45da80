import type { WaitingSend } from '../../../common/shapes/status.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { readClock } from '../parts/clock.ts';
import { profileStore } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { changeMailRoute } from '../shell/route.ts';
import { formatAhead } from '../later/format-ahead.ts';
import { laterTexts } from '../text/later.ts';
import { languageStore, say } from '../text/text.ts';

/** Takes a mail that waits back: it is a draft again, and open here. */
export async function takeBack(id: string): Promise<void> {
  try {
    const status = await storageServer().sending.cancel.mutate({ id });
    forget(id);
    changeMailRoute({ draft: status.id, mail: null });
    tell({ kind: 'done', text: say(laterTexts, 'taken-back'), action: null, lasts: 4000 });
  } catch (error) {
    tellProblem(toProblem(error));
  }
}

/** Gives a mail that waits another time, ms, or sends it now. */
export async function changeTime(id: string, at: number | 'now'): Promise<void> {
  try {
    const when = at === 'now' ? at : new Date(at).toISOString();
    const status = await storageServer().sending.change.mutate({ id, at: when });
    if (at === 'now') forget(id);
    await queries.invalidateQueries({ queryKey: ['waiting'] });
    await queries.invalidateQueries({ queryKey: ['mail', id] });
    const text =
      at === 'now'
        ? say(laterTexts, 'sent-now')
        : say(laterTexts, 'time-changed', { time: formatTime(status.at ?? when) });
    tell({ kind: 'done', text, action: null, lasts: 4000 });
  } catch (error) {
    tellProblem(toProblem(error));
  }
}

/** As screens name a time ahead. */
export function formatTime(iso: string): string {
  return formatAhead(iso, readClock(), languageStore.get(), profileStore.get().preferences.timeZone);
}

function forget(id: string): void {
  queries.setQueryData<WaitingSend[]>(['waiting'], (old) => old?.filter((one) => one.id !== id));
}
