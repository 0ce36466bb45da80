import { tell } from '../shell/notices.ts';
import { composerTexts } from '../text/composer.ts';
import { say } from '../text/text.ts';
import { ALONE, isAlone } from './is-alone.ts';
import type { DraftSession } from './session/draft-session.ts';

/** Goes on with the mail in a window of its own, once the server has all of it. */
export async function openAlone(session: DraftSession, leave: () => void): Promise<void> {
  // At once: a window that comes later than the click is held back as an advertisement.
  const other = open('', `${ALONE}${crypto.randomUUID()}`, 'popup,width=760,height=720');
  if (other === null) {
    tell({ kind: 'problem', text: say(composerTexts, 'own-window-blocked'), action: null, lasts: 8000 });
    return;
  }
  const id = await session.demandId().catch(() => null);
  if (id === null || !(await session.save()) || session.unfinished) {
    other.close();
    return;
  }
  const mail = `#/drafts?draft=${encodeURIComponent(id)}`;
  other.location.href = new URL(`${location.pathname}${location.search}${mail}`, location.href).href;
  leave();
}

/** The mail was sent, put aside or thrown away: its window goes with it. False when this is no such window. */
export function closeAlone(): boolean {
  if (!isAlone()) return false;
  window.close();
  return true;
}
