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
  'not-signed-in/unlock': {
    message: 'The password is needed once more.',
    action: 'Use valija login.',
  },
} as const;
