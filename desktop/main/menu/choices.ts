import { app } from 'electron';
import type { KeptSettingsFile } from '../settings/kept-settings.ts';
import { openMailLinks, opensMailLinks } from '../order/mail-links.ts';
import type { Choices } from './menu.ts';
import { listOffered, type ChoiceFacts } from './offered-choices.ts';

/** Starts without a window, as after the computer's own sign-in. */
export const HIDDEN = '--hidden';

/** The choices as they are now. */
export function makeChoices(facts: ChoiceFacts, kept: KeptSettingsFile): Choices {
  const offered = listOffered(facts);
  return {
    mailLinks: offered.mailLinks ? { isChosen: opensMailLinks(), choose: openMailLinks } : null,
    background: offered.background
      ? { isChosen: kept.now.background, choose: (background) => kept.change({ background }) }
      : null,
    atSignIn: offered.atSignIn
      ? {
          isChosen: app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin,
          choose: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args: [HIDDEN] }),
        }
      : null,
  };
}
