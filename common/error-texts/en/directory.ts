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
  'conflict/program-two': {
    message: 'Somebody else was about to sign in to the same program.',
    action: 'Nobody was let in. Begin again in the program.',
  },
  'unavailable/ldap-silent': {
    message: 'Your organisation’s directory, which knows your password, does not answer at the moment.',
    action: 'Try again in {n} s. Who has a password of Valija itself can sign in.',
  },
  'unavailable/ldap-bind': {
    message: 'Your organisation’s directory does not let Valija look for users.',
    action: 'The administrator has to check the name and the password set with “directory ldap set”.',
  },
  'unavailable/ldap-two': {
    message: 'Your organisation’s directory has several people of this name.',
    action: 'The administrator has to set a filter that finds one.',
  },
  'unavailable/ldap-no-id': {
    message:
      'Your organisation’s directory does not show the attribute {attribute}, by which people are known.',
    action: 'The administrator has to set another one, or allow Valija to read it.',
  },
  'invalid/ldap-server': {
    message: 'A server is written ldap://host:port or ldaps://host:port.',
    action: null,
  },
  'invalid/ldap-one-way': {
    message: 'People are found either by a search or by a template of their names.',
    action: 'Give --base and --filter, or --user-dn.',
  },
  'invalid/ldap-template': {
    message: '“{name}” has to stand where the typed name goes.',
    action: null,
  },
  'invalid/ldap-plain': {
    message: 'Passwords would go to {host} in clear.',
    action: 'Use ldaps:// or --start-tls, or say --allow-plain.',
  },
  'not-found/ldap': { message: 'No directory is set.', action: null },
  'not-found/directory-link': { message: 'This sign-in is not linked.', action: null },
  'forbidden/directory-own-source': {
    message: 'Your user was made by this sign-in and cannot do without it.',
    action: null,
  },
  'sign-in-failed/passkey-left': {
    message: 'No passkey was given.',
    action: 'Try again, or choose another way.',
  },
  'sign-in-failed/passkey-here': {
    message: 'This device has a passkey for this user already.',
    action: 'Use it, or choose another device.',
  },
  'sign-in-failed/passkey-browser': {
    message: 'The browser did not let this page ask for a passkey.',
    action: 'Choose another way, or another browser.',
  },
} as const;
