/** English sentences for signing in through the organisation's own services. */
export const enDirectory = {
  'sign-in-failed/oidc-denied': {
    message: 'The sign-in was refused at the provider.',
    action: 'Begin again, or sign in with a password.',
  },
  'unavailable/oidc-unavailable': {
    message: '{provider} does not answer at the moment.',
    action: 'Try again in a minute, or sign in with a password.',
  },
  'sign-in-failed/directory-no-user': {
    message: '{name} at {provider} is not a user here yet.',
    action:
      'If you have a user here, sign in with its password and link {provider} under Security. Else ask your administrator.',
  },
  'sign-in-failed/directory-shut-out': {
    message: 'This user may not sign in.',
    action: 'Ask your administrator.',
  },
  'sign-in-failed/directory-not-demanded': {
    message: '{provider} does not count you among those who may come in here.',
    action: 'Ask your administrator.',
  },
  'name-taken/directory-name-taken': {
    message: 'The name “{name}” that {provider} gives you belongs to another user here.',
    action:
      'If that user is you, sign in with its password and link {provider} under Security. Else ask your administrator.',
  },
  'conflict/directory-linked-elsewhere': {
    message: 'That sign-in at {provider} belongs to another user here.',
    action: 'Choose another one at {provider}, or remove it from the other user first.',
  },
  'not-found/directory-link': { message: 'This sign-in is not linked.', action: null },
  'forbidden/directory-own-source': {
    message: 'Your user was made by this sign-in and cannot do without it.',
    action: null,
  },
} as const;
