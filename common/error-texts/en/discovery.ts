/** English sentences for finding an account's settings and for what the command line asks about accounts. */
export const enDiscovery = {
  'not-found/no-settings': {
    message: 'No mail server was found for {email}.',
    action: 'Ask the provider for the name of its POP3 server and give it: --pop3-host.',
  },
  'not-found/no-pop': {
    message: '{provider} has no POP3, so its mail cannot be fetched.',
    action: 'Let it forward your mail to an address that has POP3.',
  },
  'not-found/only-unencrypted': {
    message: 'For {email} only {host} was found, which takes passwords without encryption.',
    action: 'If you want that all the same: --pop3-host {host} --pop3-tls none',
  },
  'usage/oauth-needed': {
    message: '{provider} takes no passwords from mail programs.',
    action: 'Sign in with your browser instead: add --oauth.',
  },
  'usage/unconfirmed-server': {
    message: 'DNS names {host}, which is outside of {domain}: the password would go there.',
    action: 'If that is right, name the server yourself: --pop3-host {host}',
  },
  'usage/only-with': { message: '{option} is only good together with {other}.', action: null },
  'usage/confirm-delete': {
    message: 'This would delete {count} messages on the server. Nothing was changed.',
    action: 'If you want that, confirm the number: --confirm-delete {count}',
  },
  'conflict/confirm-delete': {
    message: 'By now {count} messages would be deleted on the server, another number. Nothing was changed.',
    action: 'Look at it with valija account retention, then confirm: --confirm-delete {count}',
  },
} as const;
