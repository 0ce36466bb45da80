import type { Words } from '../words/words.ts';

interface Described {
  state: 'active' | 'invited' | 'disabled' | 'removed';
  admin: boolean;
  groupAdmin: boolean;
}

/** State and rights of a user in a few words. */
export function describeState(user: Described, words: Words): string {
  const states = {
    active: words.userActive,
    invited: words.userInvited,
    disabled: words.userDisabled,
    removed: words.userRemovedState,
  };
  const rights = user.admin ? [words.administrator] : user.groupAdmin ? [words.groupAdministrator] : [];
  return [states[user.state], ...rights].join(', ');
}
