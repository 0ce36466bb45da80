/** English sentences about the admin area. */
export const enAdmin = {
  'forbidden/password-elsewhere': {
    message: 'Passwords would go to {host}, or travel without encryption.',
    action: 'Only an organisation administrator may do this, who types the host again.',
  },
  'invalid/confirm-host': {
    message: 'The new host was not confirmed.',
    action: 'Type {host} again: every password of these accounts will go there.',
  },
  'forbidden/fix-own-port': {
    message: 'Group administrators may change to ports 110 and 995 only.',
    action: 'Ask an organisation administrator.',
  },
  'forbidden/fix-weaker-tls': {
    message: 'Only organisation administrators may lower the protection of a password.',
    action: null,
  },
  'forbidden/fix-oauth': {
    message: 'This account signs in at its provider, whose tokens go nowhere else.',
    action: 'Ask its user to add the account anew.',
  },
  'forbidden/fix-locked': {
    message: 'This account comes from a layer.',
    action: 'Change it there: it is the same for everybody.',
  },
  'invalid/alert-threshold': {
    message: 'This threshold goes from {min} to {max}.',
    action: null,
  },
  'invalid/webhook-address': {
    message: 'A webhook needs an https address without a user name in it.',
    action: 'Use https, or http on this very machine.',
  },
  'not-found/alert-target': {
    message: 'Nobody is told that way any more.',
    action: null,
  },
  'conflict/audit-broken': {
    message: 'The audit log was changed at entry {entry}.',
    action: 'Compare it with a backup, and ask who has access to the database.',
  },
} as const;
