import { app } from 'electron';
import { HIDDEN } from '../settings/arguments.ts';
import type { KeptSettingsFile } from '../settings/kept-settings.ts';
import { openMailLinks, opensMailLinks } from '../order/mail-links.ts';
import type { Choices } from './menu.ts';
import { listOffered, type ChoiceFacts } from './offered-choices.ts';

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
