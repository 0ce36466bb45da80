/** English sentences about signing in with more than name and password. */
export const enSignIn = {
  'not-signed-in/second-factor': {
    message: 'This user signs in with a second factor.',
    action: 'Use valija login, which asks for it, or give the code of the authenticator app in VALIJA_TOTP.',
  },
  'not-signed-in/change-password': {
    message: 'Another password has to be chosen first.',
    action: 'Use valija login, which asks for it, or give the new one in VALIJA_PASSWORD_NEW.',
  },
  'not-signed-in/set-up-factor': {
    message: 'The organisation asks for a second factor, and there is none yet.',
    action: 'Use valija login or sign in with the client: both set one up.',
  },
  'not-signed-in/passkey-only': {
    message: 'This user signs in with passkeys only.',
    action: 'Sign in with the client in a browser, or set up an authenticator app there.',
  },
  'not-signed-in/unlock': {
    message: 'The password is needed once more.',
    action: 'Use valija login.',
  },
  'invalid/password-short': {
    message: 'The password is too short: at least {min} characters.',
    action: 'Take a sentence, or a few words that do not belong together.',
  },
  'invalid/password-common': {
    message:
      'This password is among those that are guessed first: it is common, or made of one word, a name or a row of keys.',
    action:
      'Take a sentence, or a few words that do not belong together. Capitals and digits are not needed.',
  },
  'invalid/password-same': {
    message: 'The new password is the old one.',
    action: 'Choose another one.',
  },
  'invalid/totp-code': {
    message: 'The code is not right.',
    action:
      'Look at the app once more: a code is good for half a minute. The clock of the telephone has to be right.',
  },
  'invalid/passkey': {
    message: 'The passkey was not made for this server.',
    action: 'Try again in a window that shows the address of this server.',
  },
  'invalid/passkey-name': {
    message: 'The name of a passkey has 1 to {max} characters.',
    action: 'Write a shorter one.',
  },
  'invalid/proof': {
    message: 'This needs your password once more, or a second factor.',
    action: 'Enter one of them.',
  },
  'invalid/last-factor': {
    message: 'For the last second factor your password is needed.',
    action: 'Enter it.',
  },
  'sign-in-failed/second-factor': {
    message: 'The second factor is not right.',
    action: 'Take a new code: each is good once, for half a minute. A recovery code does too.',
  },
  'sign-in-failed/passkey': {
    message: 'The passkey is not known here, or did not check who you are.',
    action: 'Sign in with name and password.',
  },
  'sign-in-failed/passkey-copied': {
    message: 'The passkey was refused: there seems to be a copy of it.',
    action: 'Sign in another way, then remove it and make a new one.',
  },
  'sign-in-failed/passkey-directory': {
    message: 'Your organisation decides whether you may sign in: a passkey alone is not enough.',
    action: 'Sign in the way your organisation does; you may be asked for the passkey after that.',
  },
  'sign-in-failed/ticket': {
    message: 'That took longer than five minutes, or was answered already.',
    action: 'Sign in again from the start.',
  },
  'forbidden/no-password': {
    message: 'Your password is kept by your organisation.',
    action: 'Change it there.',
  },
  'forbidden/passkey-host': {
    message: 'This server has no name, only an IP address: there are no passkeys for that.',
    action: 'Use an authenticator app.',
  },
  'forbidden/factor-required': {
    message: 'Your organisation asks for a second factor.',
    action: 'Add another one, then remove this one.',
  },
  'conflict/password-changed': {
    message: 'The password was changed meanwhile.',
    action: 'Sign in with the new one.',
  },
  'conflict/passkey-known': {
    message: 'This passkey is known already.',
    action: 'Use another device, or the one that is there.',
  },
  'too-large/passkeys': {
    message: 'There can be {limit} passkeys at most.',
    action: 'Remove one that you do not use.',
  },
  'not-found/factor': {
    message: 'There is no such second factor.',
    action: 'Look at the list.',
  },
} as const;
