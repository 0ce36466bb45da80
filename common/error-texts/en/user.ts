/** English sentences for looking after users and groups. */
export const enUser = {
  'not-found/user': {
    message: 'There is no user {user}.',
    action: 'Those whom you look after: valija user list',
  },
  'not-found/group': { message: 'This group does not exist (any more).', action: null },
  'name-taken/group': { message: 'There is a group {name} already.', action: null },
  'invalid/group-name': {
    message: 'A group needs a name of at most {max} characters.',
    action: null,
  },
  'invalid/initial-password': {
    message: 'A first password needs at least {min} characters.',
    action: null,
  },
  'invalid/invite-name': {
    message: 'This invitation is for {name}.',
    action: 'Register by exactly this user name.',
  },
  'forbidden/own-user': {
    message: 'Administrators do not do this to themselves.',
    action: 'Ask another one.',
  },
  'forbidden/own-admin': {
    message: 'Administrators do not take this right from themselves.',
    action: 'Ask another one.',
  },
  'forbidden/last-admin': {
    message: 'This is the last administrator.',
    action: 'Make somebody else an administrator first.',
  },
  'forbidden/not-active': {
    message: '{name} does not use this server yet, or not any more.',
    action: null,
  },
  'forbidden/admin-of-more': {
    message: 'This user administers more than you do.',
    action: 'Ask an administrator of the organisation.',
  },
  'forbidden/stricter-group': {
    message: 'Two administrators have to agree on this user’s resets, and in that group they would not.',
    action: 'Ask an administrator of the organisation.',
  },
  'forbidden/own-groups': {
    message: 'Your users stay in the groups that you look after.',
    action: 'Name one of your groups.',
  },
  'forbidden/proven-address': {
    message: 'The user has confirmed this address: only the user changes it.',
    action: null,
  },
  'conflict/removed-user': {
    message: '{name} is removed.',
    action: 'Restore the user first: valija user restore',
  },
  'conflict/not-removed': { message: '{name} is not removed.', action: null },
  'conflict/not-invited': {
    message: '{name} has come already.',
    action: 'To let the user in again, make a reset: valija user reset',
  },
  'conflict/invited-user': {
    message: '{name} has not come yet.',
    action: 'Make a new invitation: valija user invite',
  },
  'invalid/no-second-address': {
    message: '{name} has no confirmed second address.',
    action: 'Hand the code over in person: valija user reset --hand',
  },
  'conflict/no-reset': { message: 'No reset of this user waits for approval.', action: null },
  'forbidden/second-admin': {
    message: 'Whoever made the reset cannot approve it.',
    action: 'Ask a second administrator.',
  },
  'sign-in-failed/reset-code': {
    message: 'Name or code is not right, or the code was used or is too old.',
    action: 'Ask for a new one.',
  },
  'not-found/second-address': {
    message: 'No address waits for its code.',
    action: 'Enter the address first.',
  },
} as const;
