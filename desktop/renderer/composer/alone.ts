import { tell } from '../shell/notices.ts';
import { composerTexts } from '../text/composer.ts';
import { say } from '../text/text.ts';
import type { DraftSession } from './session/draft-session.ts';

/** Windows with one mail have a name that begins so; it stays when they are loaded again. */
const NAME = 'valija-compose-';

/** Whether this window is there for one mail only. */
export function isAlone(): boolean {
  return window.name.startsWith(NAME);
}

/** Everything but the mail is hidden in its window; composer.css has what that means. Returns how to end it. */
export function beAlone(): () => void {
  if (!isAlone()) return () => undefined;
  document.documentElement.dataset['alone'] = 'true';
  return () => delete document.documentElement.dataset['alone'];
}

/** Goes on with the mail in a window of its own, once the server has all of it. */
export async function openAlone(session: DraftSession, leave: () => void): Promise<void> {
  // At once: a window that comes later than the click is held back as an advertisement.
  const other = open('', `${NAME}${crypto.randomUUID()}`, 'popup,width=760,height=720');
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
