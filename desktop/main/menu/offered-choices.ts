import type { Choices } from './menu.ts';

export interface ChoiceFacts {
  /** A program that is installed, not one that a developer starts. */
  isPackaged: boolean;
  lab: boolean;
  /** False: a policy forbids to go on without a window. */
  mayStay: boolean;
  platform: NodeJS.Platform;
}

/** Which choices there are: on a computer of many people none, and the system is asked only for a program that stays there. */
export function listOffered({
  isPackaged,
  lab,
  mayStay,
  platform,
}: ChoiceFacts): Record<keyof Choices, boolean> {
  const stays = !lab && mayStay;
  return {
    mailLinks: isPackaged && !lab,
    background: stays,
    // Linux desktops have their own list of what they start.
    atSignIn: stays && isPackaged && platform !== 'linux',
  };
}
