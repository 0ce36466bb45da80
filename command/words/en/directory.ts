/** English words for ways in that are the organisation's own. */
export const enDirectory = {
  oidcNone: 'No provider of single sign-on is set.',
  oidcSet: '{provider} is set. Register this address there: {redirect}',
  ldapNone: 'No LDAP directory is set.',
  ldapSet: 'The passwords of {servers} are good here now.',
  wayInRemoved: 'Nobody comes in by {provider} any more; its users stay.',
  makesUsers: 'makes users',
  knownUsersOnly: 'known users only',
} as const;
